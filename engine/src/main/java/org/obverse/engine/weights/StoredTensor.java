package org.obverse.engine.weights;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

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
     * Passes the elements on in row-major order, little-endian, in their own type, block by block.
     *
     * @throws UncheckedIOException if the file cannot be read any more
     * @throws IOException if they cannot be taken
     */
    void transfer(ByteSource.Sink sink) throws IOException {
        if (isContiguous()) {
            storage.transfer(offset * type.bytes(), byteLength(), sink);
        } else if (elements() > 0) {
            sink.take(gathered());
        }
    }

    /**
     * Passes the elements on as float32, row-major, block by block: the nearest ones to float64 and to large integers, exact
     * otherwise.
     */
    void transferFloats(FloatSink sink) {
        try {
            transfer(block -> sink.take(type == ElementType.F32 ? block.asFloatBuffer() : floats(block)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FloatBuffer floats(ByteBuffer block) {
        FloatBuffer floats = FloatBuffer.allocate(block.remaining() / type.bytes());
        for (int at = 0; at < block.limit(); at += type.bytes()) {
            floats.put(type.toFloat(block, at));
        }
        return floats.flip();
    }

    /** Where floats go. */
    interface FloatSink {
        void take(FloatBuffer block);
    }

    /**
     * All elements at once, as {@link #transfer}; of the caller.
     *
     * @throws UncheckedIOException if the file cannot be read any more
     */
    public ByteBuffer read() {
        ByteBuffer result =
                ByteBuffer.allocateDirect(Math.toIntExact(byteLength())).order(ByteOrder.LITTLE_ENDIAN);
        try {
            transfer(result::put);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return result.flip();
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

    /** The elements of a view that shows them in another order than the storage's. */
    private ByteBuffer gathered() throws IOException {
        if (cost() > Limits.GATHERED) {
            throw new IOException("it is a view that takes its elements out of their order, and larger than "
                    + Limits.GATHERED + " bytes; store tensor.contiguous()");
        }
        ByteBuffer region = storage.bytes(offset * type.bytes(), Math.toIntExact(span() * type.bytes()));
        ByteBuffer result = ByteBuffer.allocate(Math.toIntExact(byteLength())).order(ByteOrder.LITTLE_ENDIAN);
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
        return result.flip();
    }

    /** Which axis is the fastest: the last one, or the first one. */
    enum Order {
        C,
        FORTRAN
    }
}
