// The matrices of the payload, each as much of it as travelled, and what their entries belong to.

export const range = (n) => Array.from({ length: n }, (_, i) => i);

export const decode = (text) => new Float64Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);

/** The inverse of `decode`. */
export const encode = (values) => btoa(Array.from(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), (byte) => String.fromCharCode(byte)).join(""));

/** A matrix of the payload: canonical storage, with the true rows and columns that travelled; its data are what is shown. */
export function readMatrix(key, raw) {
  const rows = raw.rows ?? range(raw.shape[0]);
  const columns = raw.columns ?? range(raw.shape[1]);
  const stored = decode(raw.values);
  const data = raw.times > 1 ? stored.map((value) => raw.times * value) : stored;
  return { ...raw, key, data, stored, rows, columns, ...positions(rows, columns) };
}

/** Where the true rows and columns stand among those that are here. */
export function positions(rows, columns) {
  const [rowAt, columnAt] = [rows, columns].map((list) => new Map(list.map((index, position) => [index, position])));
  return { rowAt, columnAt };
}

/** The entry at a true row and column of canonical storage; undefined if it did not travel. */
export const valueAt = (matrix, row, column) =>
  matrix.data[matrix.rowAt.get(row) * matrix.columns.length + matrix.columnAt.get(column)];

/** The same entry as it is stored, where it is shown several times as large; what the browser computed is as it is shown. */
export const storedAt = (matrix, row, column) => valueAt({ ...matrix, data: matrix.stored ?? matrix.data }, row, column);

/** Whether a matrix has an entry for every edge of the network, as the weights have. */
export const onEdges = (matrix) => matrix.per === "edge";

/** Whether a matrix belongs to no layer: a number a sample, or one for the whole batch. */
export const ofNetwork = (matrix) => matrix.per === "sample" || matrix.per === "network";

/** By how much one pixel of a hand changes a number: a hundredth of the largest power of ten within its colours' limit. */
export const stepOf = (matrix) => Number((10 ** (Math.floor(Math.log10(matrix.limit)) - 2)).toPrecision(1));
