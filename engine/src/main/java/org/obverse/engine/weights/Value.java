package org.obverse.engine.weights;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pickle can hold. Containers may contain themselves, so nothing here walks through them unasked. */
sealed interface Value {
    /** Python's constants. */
    enum Constant implements Value {
        NONE,
        TRUE,
        FALSE
    }

    record Whole(long value) implements Value {}

    /** An integer of more than 64 bits, which no reader needs. */
    record Huge(String decimal) implements Value {}

    record Real(double value) implements Value {}

    record Text(String value) implements Value {}

    /** A text too long to be a name, still in the file. */
    record LongText(ByteSource utf8) implements Value {}

    record Blob(ByteSource bytes) implements Value {}

    /** A tuple, a list or a set. */
    record Sequence(Form form, List<Value> items) implements Value {
        enum Form {
            TUPLE,
            LIST,
            SET
        }
    }

    /** A dict, an ordered one included; numbers as keys are their decimals. */
    record Table(Map<String, Value> entries) implements Value {
        /** The entry's value if it is a table; else an empty one. */
        Table table(String key) {
            return entries.get(key) instanceof Table found ? found : new Table(Map.of());
        }

        @Nullable
        Value find(String key) {
            return entries.get(key);
        }
    }

    /** An allowed constructor. */
    record Callable(Constructor constructor) implements Value {}

    /** One of torch's storage classes. */
    record StorageClass(ElementType type) implements Value {}

    /** A torch storage. */
    record Memory(Storage storage) implements Value {}

    record Tensor(TensorView view) implements Value {}

    /** A NumPy element type, by its code without byte order. */
    record NumpyType(String code) implements Value {}

    /** A module that StyleGAN2-ADA's persistence stored: its class, and its attributes as Python had them. */
    record Module(String className, Table state) implements Value {}

    /** In words, for messages; says nothing of contents. */
    default String description() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
