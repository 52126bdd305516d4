package org.obverse.engine.weights;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a zip file is, by all of its members that tell. */
enum Archive {
    /** A TorchScript program: beside a pickle it has constants and code. */
    PROGRAM,
    /** What torch.save writes. */
    TORCH,
    /** NumPy's arrays, and nothing else. */
    NPZ,
    OTHER;

    static final String PICKLE = "data.pkl";

    static Archive of(Map<String, ByteSource> members) {
        Optional<String> root = root(members.keySet());
        if (root.isPresent()) {
            boolean constants = members.containsKey(root.get() + "constants.pkl");
            boolean code = members.keySet().stream().anyMatch(name -> name.startsWith(root.get() + "code/"));
            return constants && code ? PROGRAM : TORCH;
        }
        boolean arrays =
                !members.isEmpty() && members.keySet().stream().allMatch(name -> name.endsWith(ArrayFiles.ARRAY));
        return arrays ? NPZ : OTHER;
    }

    /** The folder of torch's members, as a prefix of their names: the one in which the shortest path to a pickle ends. */
    static Optional<String> root(Set<String> members) {
        return members.stream()
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .min(Comparator.comparingInt(String::length))
                .map(name -> name.substring(0, name.length() - PICKLE.length()));
    }
}
