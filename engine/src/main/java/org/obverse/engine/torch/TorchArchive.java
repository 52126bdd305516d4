package org.obverse.engine.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive, written without Python: a zip of stored entries that holds one module without state and the
 * source of its methods. libtorch compiles the source when it loads the archive.
 *
 * <p>Inside the source, {@code torch.NAME} is the ATen operator {@code aten::NAME}. Whole and real numbers arrive as
 * tensors without axes, because DJL passes tensors only.
 */
final class TorchArchive {
    /** torch 2.7.1's {@code kProducedFileFormatVersion}: operators mean what they mean there, without upgraders. */
    private static final String FORMAT_VERSION = "10\n";

    private static final String CODE = """
            class Door(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool

              def gradients(self: __torch__.Door, scalar: Tensor, wrt: List[Tensor], differentiable: Tensor) -> List[Tensor]:
                differentiates = scalar.requires_grad
                for i in range(torch.len(wrt)):
                  differentiates = differentiates and wrt[i].requires_grad
                if not differentiates:
                  return annotate(List[Tensor], [])
                found = torch.grad([scalar], wrt, None, True, bool(differentiable), True)
                result = annotate(List[Tensor], [])
                for i in range(torch.len(wrt)):
                  g = found[i]
                  if g is None:
                    d = torch.zeros_like(wrt[i])
                  else:
                    d = g
                  result.append(d)
                return result

              def without_graph(self: __torch__.Door, arrays: List[Tensor]) -> Tensor:
                positions = annotate(List[int], [])
                for i in range(torch.len(arrays)):
                  if not arrays[i].requires_grad:
                    positions.append(i)
                return torch.tensor(positions, dtype=4)

              def variable(self: __torch__.Door, x: Tensor) -> Tensor:
                return torch.requires_grad_(torch.clone(torch.detach(x), memory_format=0))

              def strided(self: __torch__.Door, arrays: List[Tensor]) -> Tensor:
                positions = annotate(List[int], [])
                for i in range(torch.len(arrays)):
                  if not torch.is_contiguous(arrays[i]):
                    positions.append(i)
                return torch.tensor(positions, dtype=4)

              def cast(self: __torch__.Door, x: Tensor, type: Tensor) -> Tensor:
                return torch.to(x, int(type), False, True)

              def acosh(self: __torch__.Door, x: Tensor) -> Tensor:
                return torch.acosh(x)

              def conv2d(self: __torch__.Door, x: Tensor, weight: Tensor, stride: Tensor, padding: Tensor, at_once: Tensor) -> Tensor:
                s = int(stride)
                p = int(padding)
                window = [torch.size(weight, 2), torch.size(weight, 3)]
                pieces = torch.split(x, int(at_once))
                results = annotate(List[Tensor], [])
                for i in range(torch.len(pieces)):
                  results.append(torch.thnn_conv2d(pieces[i], weight, window, None, [s, s], [p, p]))
                if torch.eq(torch.len(results), 1):
                  result = results[0]
                else:
                  result = torch.cat(results)
                return result

              def conv2d_of_few_pixels(self: __torch__.Door, x: Tensor, weight: Tensor, stride: Tensor, padding: Tensor, at_once: Tensor) -> Tensor:
                s = int(stride)
                p = int(padding)
                alone = not weight.requires_grad
                taps = weight
                around = annotate(List[int], [])
                for i in range(2):
                  axis = torch.add(i, 2)
                  behind = torch.sub(torch.add(torch.size(x, axis), torch.mul(2, p)), torch.size(weight, axis))
                  before = torch.sub(p, torch.mul(torch.floordiv(behind, s), s))
                  if alone and torch.gt(before, 0):
                    first = before
                  else:
                    first = 0
                  if alone:
                    taps = torch.slice(taps, axis, first, torch.add(torch.size(x, axis), p))
                  around.append(torch.sub(p, first))
                outputs = torch.size(weight, 0)
                height = torch.size(weight, 2)
                high = torch.floordiv(torch.add(torch.sub(torch.add(torch.size(x, 2), torch.mul(2, p)), height), s), s)
                rows = torch.contiguous(torch.reshape(taps, [outputs, -1]))
                pieces = torch.split(x, int(at_once))
                results = annotate(List[Tensor], [])
                for i in range(torch.len(pieces)):
                  windows = torch.im2col(pieces[i], [torch.size(taps, 2), torch.size(taps, 3)], [1, 1], around, [s, s])
                  y = torch.mm(rows, torch.reshape(torch.permute(windows, [1, 0, 2]), [torch.size(rows, 1), -1]))
                  results.append(torch.permute(torch.reshape(y, [outputs, torch.size(pieces[i], 0), -1]), [1, 0, 2]))
                return torch.reshape(torch.cat(results), [torch.size(x, 0), outputs, high, -1])

              def kernel_norms(self: __torch__.Door, x: Tensor, d: Tensor, height: Tensor, width: Tensor, stride: Tensor, padding: Tensor, at_once: Tensor) -> Tensor:
                h = int(height)
                w = int(width)
                s = int(stride)
                p = int(padding)
                n = int(at_once)
                xs = torch.split(x, n)
                ds = torch.split(d, n)
                results = annotate(List[Tensor], [])
                for i in range(torch.len(xs)):
                  windows = torch.im2col(xs[i], [h, w], [1, 1], [p, p], [s, s])
                  slopes = torch.reshape(ds[i], [torch.size(ds[i], 0), torch.size(ds[i], 1), -1])
                  own = torch.bmm(slopes, torch.transpose(windows, 1, 2))
                  results.append(torch.sum(torch.mul(own, own), [1, 2]))
                return torch.cat(results)

              def kernel_norms_by_pairs(self: __torch__.Door, x: Tensor, d: Tensor, height: Tensor, width: Tensor, stride: Tensor, padding: Tensor, at_once: Tensor) -> Tensor:
                h = int(height)
                w = int(width)
                s = int(stride)
                p = int(padding)
                n = int(at_once)
                xs = torch.split(x, n)
                ds = torch.split(d, n)
                results = annotate(List[Tensor], [])
                for i in range(torch.len(xs)):
                  windows = torch.im2col(xs[i], [h, w], [1, 1], [p, p], [s, s])
                  slopes = torch.reshape(ds[i], [torch.size(ds[i], 0), torch.size(ds[i], 1), -1])
                  inputs = torch.bmm(torch.transpose(windows, 1, 2), windows)
                  outputs = torch.bmm(torch.transpose(slopes, 1, 2), slopes)
                  results.append(torch.sum(torch.mul(inputs, outputs), [1, 2]))
                return torch.cat(results)

              def conv_transpose2d(self: __torch__.Door, x: Tensor, weight: Tensor, stride: Tensor, padding: Tensor, output_padding: Tensor, groups: Tensor) -> Tensor:
                s = int(stride)
                p = int(padding)
                o = int(output_padding)
                return torch.conv_transpose2d(x, weight, None, [s, s], [p, p], [o, o], int(groups))

              def conv_transpose2d_of_many_pixels(self: __torch__.Door, x: Tensor, weight: Tensor, stride: Tensor, padding: Tensor, output_padding: Tensor, at_once: Tensor) -> Tensor:
                s = int(stride)
                p = int(padding)
                o = int(output_padding)
                if weight.requires_grad:
                  return torch.conv_transpose2d(x, weight, None, [s, s], [p, p], [o, o])
                inputs = torch.size(weight, 0)
                window = [torch.size(weight, 2), torch.size(weight, 3)]
                extent = annotate(List[int], [])
                for i in range(2):
                  inner = torch.mul(torch.sub(torch.size(x, torch.add(i, 2)), 1), s)
                  extent.append(torch.add(torch.sub(inner, torch.mul(2, p)), torch.add(window[i], o)))
                taps = torch.t(torch.reshape(weight, [inputs, -1]))
                pieces = torch.split(x, int(at_once))
                results = annotate(List[Tensor], [])
                for i in range(torch.len(pieces)):
                  windows = torch.matmul(taps, torch.reshape(pieces[i], [torch.size(pieces[i], 0), inputs, -1]))
                  results.append(torch.col2im(windows, extent, window, [1, 1], [p, p], [s, s]))
                return torch.cat(results)

              def multiply_add(self: __torch__.Door, a: Tensor, b: Tensor, c: Tensor) -> Tensor:
                return torch.addcmul(c, a, b)

              def eigh(self: __torch__.Door, x: Tensor) -> Tuple[Tensor, Tensor]:
                values, vectors = torch.linalg_eigh(x)
                return (values, vectors)

              def adam(self: __torch__.Door, weights: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor], step: Tensor, beta1: Tensor, beta2: Tensor, epsilon: Tensor, decay: Tensor, rate: Tensor) -> Tensor:
                torch.add_(step, 1)
                steps = annotate(List[Tensor], [])
                dense = annotate(List[Tensor], [])
                for i in range(torch.len(weights)):
                  steps.append(step)
                  dense.append(torch.contiguous(gradients[i]))
                torch._fused_adam_(weights, dense, means, squares, annotate(List[Tensor], []), steps, lr=float(rate), beta1=float(beta1), beta2=float(beta2), weight_decay=float(decay), eps=float(epsilon), amsgrad=False, maximize=False)
                return step

              def amsgrad(self: __torch__.Door, weights: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor], largest: List[Tensor], step: Tensor, beta1: Tensor, beta2: Tensor, epsilon: Tensor, decay: Tensor, rate: Tensor) -> Tensor:
                torch.add_(step, 1)
                steps = annotate(List[Tensor], [])
                dense = annotate(List[Tensor], [])
                for i in range(torch.len(weights)):
                  steps.append(step)
                  dense.append(torch.contiguous(gradients[i]))
                torch._fused_adam_(weights, dense, means, squares, largest, steps, lr=float(rate), beta1=float(beta1), beta2=float(beta2), weight_decay=float(decay), eps=float(epsilon), amsgrad=True, maximize=False)
                return step

              def sgd(self: __torch__.Door, weights: List[Tensor], gradients: List[Tensor], decay: Tensor, rate: Tensor) -> Tensor:
                dense = annotate(List[Tensor], [])
                for i in range(torch.len(weights)):
                  dense.append(torch.contiguous(gradients[i]))
                torch._fused_sgd_(weights, dense, annotate(List[Tensor], []), weight_decay=float(decay), momentum=0.0, lr=float(rate), dampening=0.0, nesterov=False, maximize=False, is_first_step=False)
                return rate

              def momentum_sgd(self: __torch__.Door, weights: List[Tensor], gradients: List[Tensor], velocities: List[Tensor], momentum: Tensor, nesterov: Tensor, decay: Tensor, rate: Tensor) -> Tensor:
                dense = annotate(List[Tensor], [])
                for i in range(torch.len(weights)):
                  dense.append(torch.contiguous(gradients[i]))
                torch._fused_sgd_(weights, dense, velocities, weight_decay=float(decay), momentum=float(momentum), lr=float(rate), dampening=0.0, nesterov=bool(nesterov), maximize=False, is_first_step=False)
                return rate
            """;

    private TorchArchive() {}

    /** The archive's bytes, the same on every call. */
    static byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", moduleWithoutState());
            store(zip, "code/__torch__.py", CODE.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", emptyTuple());
            store(zip, "version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array refused to be written", e);
        }
        return bytes.toByteArray();
    }

    /** libtorch maps records into memory, so entries are stored uncompressed, under one folder. */
    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry("door/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** Pickle protocol 2 of {@code Door.__new__(Door)} with the state {@code {"training": False}}. */
    private static byte[] moduleWithoutState() {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        byte[] key = "training".getBytes(StandardCharsets.US_ASCII);
        pickle.writeBytes(new byte[] {(byte) 0x80, 2});
        pickle.writeBytes("c__torch__\nDoor\n".getBytes(StandardCharsets.US_ASCII));
        pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
        pickle.writeBytes(new byte[] {'X', (byte) key.length, 0, 0, 0});
        pickle.writeBytes(key);
        pickle.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static byte[] emptyTuple() {
        return new byte[] {(byte) 0x80, 2, ')', '.'};
    }
}
