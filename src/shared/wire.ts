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

const encoder = newEncoder();
/** Encoders whose bytes nobody reads any more. A fresh megabyte for each message would have the collector at work all the time. */
const spare: Encoder[] = [];
const mostSpare = 4;
const largestSpare = 16 * 2 ** 20;

function newEncoder(): Encoder {
  return new Encoder({ extensionCodec: codec, ignoreUndefined: true });
}

const decoder = new Decoder({ extensionCodec: codec });

/** One message as bytes of its own. `undefined` fields are left out; NaN and infinities survive, -0 only in typed arrays. */
export function encode(message: unknown): Uint8Array {
  return encoder.encode(message);
}

/** One message as bytes that are lent: once `release` was called they will be those of another message. */
export function encodeLent(message: unknown): { bytes: Uint8Array; release: () => void } {
  const own = spare.pop() ?? newEncoder();
  const bytes = own.encodeSharedRef(message);
  return {
    bytes,
    release: () => {
      if (spare.length < mostSpare && bytes.buffer.byteLength <= largestSpare) spare.push(own);
    },
  };
}

/**
 * The inverse of `encode`.
 * @throws RangeError or Error when the bytes are not one whole message.
 */
export function decode(bytes: Uint8Array): unknown {
  return decoder.decode(bytes);
}
