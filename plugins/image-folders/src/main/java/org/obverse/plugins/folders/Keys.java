package org.obverse.plugins.folders;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Problem;

/** What is wrong with the keys that all data sets share. */
final class Keys {
    private Keys() {}

    static List<Problem> of(String folder, Shares split, PublicImages publicImages, Framing image) {
        List<Problem> problems = new ArrayList<>();
        if (folder.isEmpty()) {
            problems.add(new Problem("folder", "names no folder", "write a path relative to the plan"));
        }
        split.check().forEach(problem -> problems.add(problem.under("split")));
        publicImages.check().forEach(problem -> problems.add(problem.under("public-images")));
        image.check().forEach(problem -> problems.add(problem.under("image")));
        return problems;
    }
}
