package org.obverse.engine.weights;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/** Numbers as {@code numpy.core.multiarray.scalar} stores them: a {@code numpy.dtype}, and the bytes of one element. */
final class NumpyScalar {
    private static final Set<String> LITTLE_ENDIAN = Set.of("<", "|", "=");

    private NumpyScalar() {}

    /** Empty for what is no little-endian number, such as a date or a text. */
    static Optional<Value> of(Value type, Value bytes) {
        return element(type)
                .flatMap(element ->
                        bytes instanceof Value.Blob blob && blob.bytes().length() == element.bytes()
                                ? Optional.of(number(element, blob.bytes().bytes(0, element.bytes())))
                                : Optional.empty());
    }

    private static Value number(ElementType type, ByteBuffer bytes) {
        return switch (type) {
            case F64 -> new Value.Real(bytes.getDouble(0));
            case I64 -> new Value.Whole(bytes.getLong(0));
            default -> new Value.Real(type.toFloat(bytes, 0));
        };
    }

    /** A dtype is called with its code, and told its byte order in the second place of a tuple. */
    private static Optional<ElementType> element(Value type) {
        if (!(type instanceof Value.Inert dtype)
                || !dtype.name().equals("numpy.dtype")
                || dtype.arguments().isEmpty()
                || !dtype.items().stream().allMatch(NumpyScalar::isLittleEndian)) {
            return Optional.empty();
        }
        return ElementType.ofNumpy(dtype.arguments().get(0).text());
    }

    private static boolean isLittleEndian(Value state) {
        return state instanceof Value.Sequence facts
                && facts.items().size() > 1
                && LITTLE_ENDIAN.contains(facts.items().get(1).text());
    }
}
