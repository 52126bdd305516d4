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

    /** All that can be read. */
    float[] values(Part part) {
        Images images = dataset.images(part);
        try (NDManager manager = bench.manager().newSubManager()) {
            int[] all = IntStream.range(0, images.size()).toArray();
            return images.read(manager, all).toFloatArray();
        }
    }

    /** The redness of each picture. */
    List<Integer> reds(Part part) {
        int length = Math.toIntExact(dataset.shape().size());
        float[] values = values(part);
        List<Integer> reds = new ArrayList<>();
        for (int at = 0; at < values.length; at += length) {
            reds.add(Math.round((values[at] + 1) / 2 * 255));
        }
        return reds;
    }

    List<Integer> sorted(Part part) {
        Integer[] reds = reds(part).toArray(new Integer[0]);
        Arrays.sort(reds);
        return List.of(reds);
    }
}
