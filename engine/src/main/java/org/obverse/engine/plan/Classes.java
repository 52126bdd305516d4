package org.obverse.engine.plan;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.engine.random.CounterStream;

/** The classes that an attack tries to reveal. */
public sealed interface Classes {
    /**
     * Their labels in the order of the request; without those that do not exist.
     *
     * @param names what the data set calls its classes, in the order of labels
     * @param seed of the plan's split
     */
    List<Integer> of(List<String> names, long seed);

    /** Every class of the data set, in order. */
    record All() implements Classes {
        @Override
        public List<Integer> of(List<String> names, long seed) {
            return IntStream.range(0, names.size()).boxed().toList();
        }
    }

    /** These classes, in this order: by what the data set calls them, or by label. */
    record Listed(List<NameOrIndex> classes) implements Classes {
        public Listed {
            classes = List.copyOf(classes);
        }

        @Override
        public List<Integer> of(List<String> names, long seed) {
            return labels(classes, names);
        }
    }

    /**
     * Classes drawn at random, in the order of labels. The seed of the split decides, so that attacks with other seeds are after the
     * same ones; whoever asks for more gets those of the smaller number, too.
     *
     * @param random how many
     */
    record Drawn(int random) implements Classes {
        @Override
        public List<Integer> of(List<String> names, long seed) {
            int[] shuffled = CounterStream.of(seed, "classes/").permutation(names.size());
            return Arrays.stream(shuffled).limit(random).sorted().boxed().toList();
        }
    }

    /** The labels of classes, in their order; without those that do not exist. */
    static List<Integer> labels(List<NameOrIndex> classes, List<String> names) {
        List<Integer> labels = new ArrayList<>();
        classes.forEach(one -> label(one, names).ifPresent(labels::add));
        return List.copyOf(labels);
    }

    /** The label of one class; nothing if there is none. Names are compared in Unicode's form NFC. */
    static Optional<Integer> label(NameOrIndex one, List<String> names) {
        int label = one instanceof NameOrIndex.Index index
                ? index.index()
                : names.indexOf(Normalizer.normalize(one.toString(), Normalizer.Form.NFC));
        return label >= 0 && label < names.size() ? Optional.of(label) : Optional.empty();
    }
}
