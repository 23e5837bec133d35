// Reads Arrow IPC files and streams with apache-arrow (JS) and prints them as NDJSON, one line a record:
//   {"schema": {...}}, then {"batch": [[column 0], [column 1], ...]} a batch.
// Integers, dates, times, timestamps and decimals are printed as decimal text, floats as JSON numbers or "NaN", "Infinity",
// "-Infinity", bytes as hexadecimal text. Usage: node read.mjs FILE
import { readFileSync } from 'node:fs';
import { compressionRegistry, CompressionType, DataType, RecordBatchReader, Type, Vector } from 'apache-arrow';
import lz4 from 'lz4js';

compressionRegistry.set(CompressionType.LZ4_FRAME, {
  decode: (bytes) => {
    // The frames name their content size (bytes 6 to 13), which lz4js itself does not read.
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const target = new Uint8Array(Number(view.getBigUint64(6, true)));
    const written = lz4.decompressFrame(bytes, target);
    if (written !== target.length) {
      throw new Error(`the frame holds ${written} bytes, not ${target.length}`);
    }
    return target;
  },
});

const number = (value) => (Number.isFinite(value) ? (Object.is(value, -0) ? '-0' : value) : String(value));
const hex = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

function decimal(data, at) {
  const words = data.values.subarray(at * data.stride, (at + 1) * data.stride);
  let value = 0n;
  for (let i = words.length - 1; i >= 0; i--) {
    value = (value << 32n) | BigInt(words[i]);
  }
  return String(BigInt.asIntN(32 * words.length, value));
}

function half(bits) {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) {
    return fraction ? NaN : sign * Infinity;
  }
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

// Raw values: the vectors of apache-arrow turn timestamps and dates into rounded milliseconds.
function column(data) {
  const vector = new Vector([data]);
  const rows = [];
  for (let i = 0; i < data.length; i++) {
    if (!data.getValid(i) || data.type.typeId === Type.Null) {
      rows.push(null);
    } else if (DataType.isDecimal(data.type)) {
      rows.push(decimal(data, i));
    } else if (DataType.isFloat(data.type)) {
      rows.push(number(data.type.precision === 0 ? half(data.values[i]) : data.values[i]));
    } else if (DataType.isInt(data.type) || DataType.isDate(data.type) || DataType.isTime(data.type)
      || DataType.isTimestamp(data.type) || DataType.isDuration(data.type)) {
      rows.push(String(data.values[i]));
    } else {
      const value = vector.get(i);
      rows.push(value instanceof Uint8Array ? hex(value) : value);
    }
  }
  return rows;
}

const reader = RecordBatchReader.from(readFileSync(process.argv[2]));
reader.open();
const print = (record) => process.stdout.write(`${JSON.stringify(record)}\n`);
print({
  schema: {
    metadata: [...reader.schema.metadata],
    fields: reader.schema.fields.map((field) => ({
      name: field.name,
      type: String(field.type),
      nullable: field.nullable,
      metadata: [...field.metadata],
    })),
  },
});
for (const batch of reader) {
  print({ rows: batch.numRows, batch: batch.data.children.map(column) });
}
