import { generateTask } from './generate-task.ts';
import {
  imageChannelTask,
  imageFactorTask,
  imageQualityTask,
  imageRebuildTask,
  jpegOfSizeTask,
  pictureSaveTask,
} from './image-task.ts';
import { inspectCellsTask, inspectSpectrumTask } from './inspect-task.ts';
import {
  formulaReadTask,
  formulaTask,
  pythonCompleteTask,
  pythonInspectTask,
  pythonResetTask,
  pythonRunTask,
  pythonStartTask,
  pythonWholeTask,
} from './python-task.ts';
import { openTask } from './picture-task.ts';
import { saveTask } from './save-task.ts';
import { sceneTask } from './scene-task.ts';
import { rebuildTask, svdTask } from './svd-task.ts';
import { tableImportTask } from './table-import-task.ts';
import { tablePreviewTask } from './table-preview-task.ts';

/** Everything a thread can be asked to do. */
export const tasks = {
  formula: formulaTask,
  'formula-read': formulaReadTask,
  generate: generateTask,
  'image-channel': imageChannelTask,
  'image-factor': imageFactorTask,
  'image-quality': imageQualityTask,
  'image-rebuild': imageRebuildTask,
  'inspect-cells': inspectCellsTask,
  'inspect-spectrum': inspectSpectrumTask,
  'jpeg-of-size': jpegOfSizeTask,
  open: openTask,
  'picture-save': pictureSaveTask,
  'python-complete': pythonCompleteTask,
  'python-inspect': pythonInspectTask,
  'python-reset': pythonResetTask,
  'python-run': pythonRunTask,
  'python-start': pythonStartTask,
  'python-whole': pythonWholeTask,
  rebuild: rebuildTask,
  save: saveTask,
  scene: sceneTask,
  svd: svdTask,
  'table-import': tableImportTask,
  'table-preview': tablePreviewTask,
} as const;
