/**
 * Messages as bytes, for the WebSocket of the browser window: MessagePack, with typed arrays as extensions.
 * Electron's MessagePort clones the same messages by itself and does not come through here.
 */
import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';

const kinds = [
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;

const codec = new ExtensionCodec();
kinds.forEach((Kind, type) => {
  codec.register({
    type,
    encode: (value) =>
      value instanceof Kind ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null,
    // The bytes lie unaligned in the message: copy them to where a typed array may stand.
    decode: (bytes) => new Kind(new Uint8Array(bytes).buffer),
  });
});

const encoder = new Encoder({ extensionCodec: codec, ignoreUndefined: true });
const decoder = new Decoder({ extensionCodec: codec });

/** One message as bytes of its own. `undefined` fields are left out; NaN and infinities survive, -0 only in typed arrays. */
export function encode(message: unknown): Uint8Array {
  return encoder.encode(message);
}

/**
 * The inverse of `encode`.
 * @throws RangeError or Error when the bytes are not one whole message.
 */
export function decode(bytes: Uint8Array): unknown {
  return decoder.decode(bytes);
}
