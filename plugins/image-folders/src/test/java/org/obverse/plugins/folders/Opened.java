package org.obverse.plugins.folders;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.testkit.Workbench;

/** What a test sees of a data set of one-coloured pictures. */
record Opened(Dataset dataset, Workbench bench) {
    List<Integer> labels(Part part) {
        Images images = dataset.images(part);
        return IntStream.range(0, images.size()).mapToObj(images::label).toList();
    }

    /** The redness of each picture. */
    List<Integer> reds(Part part) {
        Images images = dataset.images(part);
        List<Integer> reds = new ArrayList<>();
        try (NDManager manager = bench.manager().newSubManager()) {
            int[] all = IntStream.range(0, images.size()).toArray();
            float[] values = images.read(manager, all).toFloatArray();
            int length = all.length == 0 ? 1 : values.length / all.length;
            for (int i = 0; i < all.length; i++) {
                reds.add(Math.round((values[i * length] + 1) / 2 * 255));
            }
        }
        return reds;
    }

    List<Integer> sorted(Part part) {
        Integer[] reds = reds(part).toArray(new Integer[0]);
        Arrays.sort(reds);
        return List.of(reds);
    }
}
