package org.obverse.cli.panel;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.engine.record.Raster;

/** What panels show of the people that were attacked: all private images, which is the pool, or the training images if there is none. */
final class PrivateImages {
    private static final int READ_AT_ONCE = 64;

    private final Images images;
    private final NDManager manager;
    private final Map<Integer, List<Integer>> people = new TreeMap<>();

    /**
     * @param data of pictures
     * @param manager to read with; nothing stays attached to it
     */
    PrivateImages(Dataset data, NDManager manager) {
        this.images = data.images(data.parts().contains(Part.POOL) ? Part.POOL : Part.TRAINING);
        this.manager = manager;
        for (int i = 0; i < images.size(); i++) {
            people.computeIfAbsent(images.label(i), label -> new ArrayList<>()).add(i);
        }
    }

    /** All classes that have an image but one, in ascending order. */
    List<Integer> others(int label) {
        return people.keySet().stream().filter(other -> other != label).toList();
    }

    /** The images of a class, by their numbers. */
    List<Integer> of(int label) {
        return people.getOrDefault(label, List.of());
    }

    /** The images of a class that look different from each other, by their numbers: of equal ones the first. */
    Map<Integer, Raster> distinct(int label) {
        int[] rows = of(label).stream().mapToInt(row -> row).toArray();
        Map<Integer, Raster> distinct = new TreeMap<>();
        Set<Raster> seen = new HashSet<>();
        for (int from = 0; from < rows.length; from += READ_AT_ONCE) {
            int[] some = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + READ_AT_ONCE));
            List<Raster> pictures = pictures(some);
            for (int i = 0; i < some.length; i++) {
                if (seen.add(pictures.get(i))) {
                    distinct.put(some[i], pictures.get(i));
                }
            }
        }
        return distinct;
    }

    Raster picture(int row) {
        return pictures(row).get(0);
    }

    private List<Raster> pictures(int... rows) {
        try (NDScope scope = new NDScope()) {
            return Pictures.of(images.read(manager, rows));
        }
    }
}
