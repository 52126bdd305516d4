package org.obverse.engine.weights;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tensor in a file: its type and shape are known, its elements are read when they are asked for. */
public final class StoredTensor {
    private final ElementType type;
    private final ByteSource storage;
    private final long offset;
    private final long[] sizes;
    private final long[] strides;

    /** The caller has checked that all elements lie in the storage, and that they fit into memory. */
    StoredTensor(ElementType type, ByteSource storage, long offset, long[] sizes, long[] strides) {
        this.type = type;
        this.storage = storage;
        this.offset = offset;
        this.sizes = sizes;
        this.strides = strides;
    }

    /** A tensor whose elements lie one after the other, in the order of C or of Fortran. */
    static StoredTensor dense(ElementType type, ByteSource bytes, long[] sizes, Order order) {
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int i = 0; i < sizes.length; i++) {
            int axis = order == Order.C ? sizes.length - 1 - i : i;
            strides[axis] = stride;
            stride *= Math.max(1, sizes[axis]);
        }
        return new StoredTensor(type, bytes, 0, sizes, strides);
    }

    public ElementType type() {
        return type;
    }

    public Shape shape() {
        return new Shape(sizes);
    }

    public long elements() {
        return shape().size();
    }

    public long byteLength() {
        return elements() * type.bytes();
    }

    /** Elements of the storage from the first to the last that the tensor shows. */
    private long span() {
        long last = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == 0) {
                return 0;
            }
            last += (sizes[axis] - 1) * strides[axis];
        }
        return last + 1;
    }

    /** Bytes that have to be read or made for the elements. */
    long cost() {
        return Math.max(span(), elements()) * type.bytes();
    }

    /**
     * The elements in row-major order, little-endian, in their own type; of the caller.
     *
     * @throws java.io.UncheckedIOException if the file cannot be read any more
     */
    public ByteBuffer read() {
        ByteBuffer result =
                ByteBuffer.allocateDirect(Math.toIntExact(byteLength())).order(ByteOrder.LITTLE_ENDIAN);
        if (result.capacity() == 0) {
            return result;
        }
        if (isContiguous()) {
            storage.read(offset * type.bytes(), result);
        } else {
            gather(result);
        }
        return result.flip();
    }

    /** The same elements as float32: the nearest ones to float64 and to large integers, exact otherwise. */
    public ByteBuffer readFloats() {
        ByteBuffer own = read();
        if (type == ElementType.F32) {
            return own;
        }
        int count = own.remaining() / type.bytes();
        ByteBuffer floats = ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            floats.putFloat(type.toFloat(own, i * type.bytes()));
        }
        return floats.flip();
    }

    private boolean isContiguous() {
        long expected = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            if (sizes[axis] != 1 && strides[axis] != expected) {
                return false;
            }
            expected *= sizes[axis];
        }
        return true;
    }

    private void gather(ByteBuffer result) {
        ByteBuffer region = storage.bytes(offset * type.bytes(), Math.toIntExact(span() * type.bytes()));
        long[] index = new long[sizes.length];
        long element = 0;
        while (result.hasRemaining()) {
            int at = Math.toIntExact(element * type.bytes());
            result.put(region.slice(at, type.bytes()));
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                element += strides[axis];
                if (++index[axis] < sizes[axis]) {
                    break;
                }
                element -= sizes[axis] * strides[axis];
                index[axis] = 0;
            }
        }
    }

    /** Which axis is the fastest: the last one, or the first one. */
    enum Order {
        C,
        FORTRAN
    }
}
