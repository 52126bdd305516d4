package org.obverse.engine.weights;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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

    /**
     * A name that no reader knows, which a pickle mentions.
     *
     * @param name with its module
     * @param at where it is mentioned
     */
    record Named(String name, long at) implements Value {}

    /**
     * What was stored of an object that no reader knows. Nothing was looked up, and nothing called.
     *
     * @param name of its class or of the function that would have made it, with its module
     * @param at where the name stands
     * @param entries its attributes, and its items by key
     * @param items those without key
     */
    record Inert(String name, long at, List<Value> arguments, Map<String, Value> entries, List<Value> items)
            implements Value {}

    /** A module that StyleGAN2-ADA's persistence stored: its class, and its attributes as Python had them. */
    record Module(String className, Table state) implements Value {}

    /** In words, for messages; says nothing of contents. */
    default String description() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** What plain values and names say, in a few words: what they are, as keys and in lists. Empty for containers. */
    default String text() {
        if (this instanceof Text said) {
            return said.value();
        } else if (this instanceof Whole number) {
            return Long.toString(number.value());
        } else if (this instanceof Huge number) {
            return number.decimal();
        } else if (this instanceof Real number) {
            return Double.toString(number.value());
        } else if (this instanceof Constant constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        } else if (this instanceof Named named) {
            return named.name();
        } else if (this instanceof Inert inert) {
            String arguments = inert.arguments().stream()
                    .limit(Limits.ARGUMENTS)
                    .map(Value::plain)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(", "));
            return arguments.isEmpty() ? inert.name() : inert.name() + "(" + arguments + ")";
        }
        return "";
    }

    private String plain() {
        String text = this instanceof Inert inert ? inert.name() : text();
        return text.length() > Limits.METADATA_TEXT ? text.substring(0, Limits.METADATA_TEXT) + "…" : text;
    }
}
