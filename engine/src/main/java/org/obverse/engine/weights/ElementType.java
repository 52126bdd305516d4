package org.obverse.engine.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.obverse.engine.artifact.TensorType;

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
    private final TensorType stored = TensorType.valueOf(name());

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

    /** As {@link TensorType#toFloat}. */
    float toFloat(ByteBuffer data, int at) {
        return stored.toFloat(data, at);
    }
}
