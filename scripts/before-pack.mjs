/** electron-builder calls this before it packs: the addon is built, its libraries gathered, the application built. */
import { bundleLibraries } from './bundle-libraries.mjs';
import { setUp } from './setup.mjs';

export default async function beforePack() {
  await setUp({ need: ['dependencies', 'native', 'build'] });
  const { files, blas } = bundleLibraries();
  console.log(`  native addon with ${blas.name} ${blas.version}: ${files.join(', ')}`);
}
