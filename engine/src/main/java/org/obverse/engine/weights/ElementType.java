package org.obverse.engine.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of a tensor's elements, little-endian, by their names in safetensors files. */
public enum ElementType {
    F64(8, "Double", "f8"),
    F32(4, "Float", "f4"),
    F16(2, "Half", "f2"),
    BF16(2, "BFloat16", ""),
    I64(8, "Long", "i8"),
    I32(4, "Int", "i4"),
    I16(2, "Short", "i2"),
    I8(1, "Char", "i1"),
    U8(1, "Byte", "u1"),
    BOOL(1, "Bool", "b1");

    private final int bytes;
    private final String torch;
    private final String numpy;

    ElementType(int bytes, String torch, String numpy) {
        this.bytes = bytes;
        this.torch = torch;
        this.numpy = numpy;
    }

    /** By torch's name of its storage class, such as {@code FloatStorage}. */
    static Optional<ElementType> ofStorage(String name) {
        return Arrays.stream(values())
                .filter(type -> (type.torch + "Storage").equals(name))
                .findFirst();
    }

    /** By NumPy's code without byte order, such as {@code f4}. */
    static Optional<ElementType> ofNumpy(String code) {
        return Arrays.stream(values())
                .filter(type -> type.numpy.equals(code) && !code.isEmpty())
                .findFirst();
    }

    static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Of one element. */
    public int bytes() {
        return bytes;
    }

    /** The element at byte {@code at} as the nearest float32; exact for halves, booleans and integers up to 2^24. */
    float toFloat(ByteBuffer data, int at) {
        return switch (this) {
            case F64 -> (float) data.getDouble(at);
            case F32 -> data.getFloat(at);
            case F16 -> half(data.getShort(at));
            case BF16 -> Float.intBitsToFloat(data.getShort(at) << 16);
            case I64 -> data.getLong(at);
            case I32 -> data.getInt(at);
            case I16 -> data.getShort(at);
            case I8 -> data.get(at);
            case U8 -> data.get(at) & 0xff;
            case BOOL -> data.get(at) == 0 ? 0 : 1;
        };
    }

    /** IEEE 754 binary16. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        };
        return bits < 0 ? -magnitude : magnitude;
    }
}
