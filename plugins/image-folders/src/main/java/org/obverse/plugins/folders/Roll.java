package org.obverse.plugins.folders;

import java.util.List;

/**
 * The private images of a data set in their natural order, before they are split.
 *
 * @param labels of the sources, from 0
 * @param classes the names of the classes, by label
 */
record Roll(List<Source> sources, List<Integer> labels, List<String> classes) {
    Roll {
        sources = List.copyOf(sources);
        labels = List.copyOf(labels);
        classes = List.copyOf(classes);
        if (sources.size() != labels.size()) {
            throw new IllegalArgumentException(sources.size() + " images have " + labels.size() + " labels");
        }
    }

    int size() {
        return sources.size();
    }
}
