package org.obverse.plugins.folders;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** How folders are counted as classes. */
public enum ClassOrder {
    /** By code points, as torchvision does it: 0, 1, 10, 11, 2. */
    @JsonProperty("name")
    NAME,
    /** By the numbers that the names are: 0, 1, 2, 10, 11. */
    @JsonProperty("number")
    NUMBER;

    /**
     * @param folders by name
     * @throws InvalidConfigurationException naming every folder whose name is no number, or the same one as another's
     */
    List<Path> sorted(Place place, List<Path> folders) {
        if (this == NAME) {
            return folders;
        }
        List<Problem> problems = new ArrayList<>();
        Map<Long, Path> numbers = new HashMap<>();
        for (Path folder : folders) {
            String name = Names.of(folder);
            if (!name.matches("[0-9]{1,18}")) {
                problems.add(place.problem(
                        folder, "has a name that is no number, and order: number counts by them", "use order: name"));
            } else {
                Path other = numbers.putIfAbsent(Long.valueOf(name), folder);
                if (other != null) {
                    problems.add(place.problem(
                            folder, "is the same number as " + Names.shown(other), "rename one of the two"));
                }
            }
        }
        place.refuse(problems);
        return folders.stream()
                .sorted(Comparator.comparingLong(folder -> Long.parseLong(Names.of(folder))))
                .toList();
    }
}
