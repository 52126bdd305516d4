package org.obverse.engine.plan;

import java.util.List;
import java.util.stream.IntStream;

/** The classes that an attack tries to reveal. */
public sealed interface Classes {
    /** The classes in the order of the request, of a data set that has {@code count}. */
    List<Integer> of(int count);

    /** Every class of the data set, in order. */
    record All() implements Classes {
        @Override
        public List<Integer> of(int count) {
            return IntStream.range(0, count).boxed().toList();
        }
    }

    /** These classes, in this order, each once. */
    record Listed(List<Integer> classes) implements Classes {
        public Listed {
            classes = List.copyOf(classes);
        }

        @Override
        public List<Integer> of(int count) {
            return classes;
        }
    }
}
