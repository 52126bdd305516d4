package org.obverse.engine.artifact;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/** The element types of safetensors files, by their names there. */
public enum TensorType {
    F64(8, DataType.FLOAT64),
    F32(4, DataType.FLOAT32),
    F16(2, DataType.FLOAT16),
    BF16(2, DataType.BFLOAT16),
    I64(8, DataType.INT64),
    I32(4, DataType.INT32),
    I16(2, DataType.INT16),
    I8(1, DataType.INT8),
    U8(1, DataType.UINT8),
    BOOL(1, DataType.BOOLEAN),
    UNKNOWN(0, DataType.UNKNOWN);

    private final int bytes;
    private final DataType type;

    TensorType(int bytes, DataType type) {
        this.bytes = bytes;
        this.type = type;
    }

    static TensorType named(String name) {
        return Arrays.stream(values())
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElse(UNKNOWN);
    }

    static TensorType of(DataType type) {
        return Arrays.stream(values())
                .filter(t -> t.type == type && t != UNKNOWN)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("tensor files hold no " + type));
    }

    int bytes() {
        return bytes;
    }

    /** Of the arrays that {@link #read} makes. */
    DataType readAs() {
        return switch (this) {
            case F16, BF16 -> DataType.FLOAT32;
            case I16 -> DataType.INT32;
            default -> type;
        };
    }

    /**
     * @param data direct and little-endian, from position 0 to its limit; not to be changed until the array is closed
     * @return {@code [count]}
     */
    NDArray read(NDManager manager, ByteBuffer data, int count) {
        Shape shape = new Shape(count);
        return switch (this) {
            case F16, BF16 -> manager.create(FloatBuffer.wrap(floats(data)), shape, readAs());
            case I16 -> manager.create(IntBuffer.wrap(shorts(data)), shape, readAs());
            default -> manager.create(data, shape, type);
        };
    }

    /**
     * @param data little-endian, from position 0 to its limit
     */
    float[] floats(ByteBuffer data) {
        float[] values = new float[data.remaining() / bytes];
        for (int i = 0; i < values.length; i++) {
            values[i] = toFloat(data, bytes * i);
        }
        return values;
    }

    /**
     * The element at byte {@code at} as the nearest float32; exact for halves, booleans and integers up to 2^24.
     *
     * @param data little-endian
     */
    public float toFloat(ByteBuffer data, int at) {
        return switch (this) {
            case F64 -> (float) data.getDouble(at);
            case F32 -> data.getFloat(at);
            case F16 -> half(data.getShort(at));
            case BF16 -> Float.intBitsToFloat(data.getShort(at) << 16);
            case I64 -> data.getLong(at);
            case I32 -> data.getInt(at);
            case I16 -> data.getShort(at);
            case I8 -> data.get(at);
            case U8 -> data.get(at) & 0xFF;
            case BOOL -> data.get(at) == 0 ? 0 : 1;
            case UNKNOWN -> throw new IllegalStateException("an unknown type has no elements");
        };
    }

    private static int[] shorts(ByteBuffer data) {
        int[] values = new int[data.remaining() / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.getShort(2 * i);
        }
        return values;
    }

    /** IEEE 754 binary16 to binary32; exact. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude;
        if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else if (exponent == 31) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = (1 + fraction * 0x1p-10f) * (float) Math.scalb(1.0, exponent - 15);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
