package org.obverse.engine.plan;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.plugin.NameOrIndex;

/** The classes that an attack tries to reveal. */
public sealed interface Classes {
    /**
     * Their labels in the order of the request; without those that do not exist.
     *
     * @param names what the data set calls its classes, in the order of labels
     */
    List<Integer> of(List<String> names);

    /** Every class of the data set, in order. */
    record All() implements Classes {
        @Override
        public List<Integer> of(List<String> names) {
            return IntStream.range(0, names.size()).boxed().toList();
        }
    }

    /** These classes, in this order: by what the data set calls them, or by label. */
    record Listed(List<NameOrIndex> classes) implements Classes {
        public Listed {
            classes = List.copyOf(classes);
        }

        @Override
        public List<Integer> of(List<String> names) {
            List<Integer> labels = new ArrayList<>();
            classes.forEach(one -> label(one, names).ifPresent(labels::add));
            return List.copyOf(labels);
        }
    }

    /** The label of one class; nothing if there is none. Names are compared in Unicode's form NFC. */
    static Optional<Integer> label(NameOrIndex one, List<String> names) {
        int label = one instanceof NameOrIndex.Index index
                ? index.index()
                : names.indexOf(Normalizer.normalize(one.toString(), Normalizer.Form.NFC));
        return label >= 0 && label < names.size() ? Optional.of(label) : Optional.empty();
    }
}
