package org.obverse.plugins.folders;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Workspace;

/** Private images that were split, and public ones. Nothing is decoded before it is read. */
final class FolderDataset implements FileBased {
    private final List<String> classes;
    private final Shape shape;
    private final Framing framing;
    private final Workspace workspace;
    private final Map<Part, FolderImages> images = new EnumMap<>(Part.class);

    /**
     * @param place to which the names of the roll's images are relative
     * @throws InvalidConfigurationException if a class has no training image, or no image is left to test with
     */
    FolderDataset(Place place, Roll roll, Split split, Framing framing, Workspace workspace) {
        this.classes = roll.classes();
        this.shape = framing.shape();
        this.framing = framing;
        this.workspace = workspace;
        check(place, roll, split);
        Pack pack = new Pack(place, roll.sources(), framing, workspace);
        images.put(Part.TRAINING, labelled(pack, roll, split.training()));
        images.put(Part.POOL, labelled(pack, roll, split.pool()));
        images.put(Part.TEST, labelled(pack, roll, split.test()));
    }

    private FolderDataset(FolderDataset plain, Framing framing) {
        this.classes = plain.classes;
        this.shape = framing.shape();
        this.framing = framing;
        this.workspace = plain.workspace;
        Map<Pack, Pack> packs = new HashMap<>();
        plain.images.forEach((part, found) -> images.put(
                part,
                new FolderImages(
                        packs.computeIfAbsent(found.pack(), pack -> pack.framed(framing)),
                        found.positions(),
                        found.labels())));
    }

    private static FolderImages labelled(Pack pack, Roll roll, List<Integer> positions) {
        return new FolderImages(
                pack, positions, positions.stream().map(roll.labels()::get).toList());
    }

    private static void check(Place place, Roll roll, Split split) {
        List<Problem> problems = new ArrayList<>();
        Set<Integer> trained =
                new HashSet<>(split.training().stream().map(roll.labels()::get).toList());
        for (int label = 0; label < roll.classes().size(); label++) {
            if (!trained.contains(label)) {
                problems.add(place.problem(
                        place.folder(),
                        "has no image of class " + label + ", '"
                                + roll.classes().get(label) + "', in the training part",
                        "give it more images, or raise split.training-share"));
            }
        }
        if (split.test().isEmpty()) {
            problems.add(place.problem(
                    place.folder(),
                    "has no image left for the test part",
                    "give classes more images, or lower split.training-share"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    /** Adds the public part. */
    FolderDataset withPublic(Place place, List<Source> sources) {
        Pack pack = new Pack(place, sources, framing, workspace);
        List<Integer> all = IntStream.range(0, sources.size()).boxed().toList();
        images.put(Part.PUBLIC, new FolderImages(pack, all, Collections.nCopies(sources.size(), -1)));
        return this;
    }

    /** Adds the public part if the configuration names a folder for it. */
    FolderDataset withPublic(PublicImages publicImages) {
        if (!publicImages.isNamed()) {
            return this;
        }
        Place place = new Place("public-images.folder", workspace.path(publicImages.folder()));
        return withPublic(place, publicImages.sources(place));
    }

    @Override
    public int classes() {
        return classes.size();
    }

    @Override
    public List<String> classNames() {
        return classes;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public Set<Part> parts() {
        return Set.copyOf(images.keySet());
    }

    @Override
    public Images images(Part part) {
        return of(part);
    }

    @Override
    public List<DataFile> files(Part part) {
        return of(part).files();
    }

    @Override
    public Dataset resized(int side) {
        return new FolderDataset(this, framing.sized(side));
    }

    private FolderImages of(Part part) {
        FolderImages found = images.get(part);
        if (found == null) {
            throw new IllegalArgumentException("there is no part " + part + " among " + parts());
        }
        return found;
    }
}
