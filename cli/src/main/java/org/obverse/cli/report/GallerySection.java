package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.picture.Canvas;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.record.ClassPictures;
import org.obverse.engine.record.Raster;

/**
 * One column per class: the target's training samples on top, below them each cell's best reconstructions, each under the stored sample
 * that it looks most like. All images are shown at one width, whatever their own is.
 */
final class GallerySection {
    private static final int SHOWN_SAMPLES = 2;
    /** Reconstructions that a page has within it, so that it opens at once. */
    private static final int MOST_WITHIN = 1000;

    /** Pixels of theirs and of the samples beside them, some 8 MB. */
    private static final long MOST_PIXELS = 2_500_000;

    /** Reconstructions beside a page. */
    private static final int MOST_BESIDE = 20_000;

    private static final int CLASSES_PER_PAGE = 50;

    private static final int LARGEST = 96;
    private static final int USUAL = 64;

    private final ReportedStudy study;
    private final PageImages images;

    GallerySection(ReportedStudy study, PageImages images) {
        this.study = study;
        this.images = images;
    }

    /** Within the page, or beside it where it would be too large. */
    static PageImages images(ReportedStudy study) {
        List<ReportedCell> cells = withPictures(study);
        long reconstructions = 0;
        long pixels = 0;
        for (ReportedCell cell : cells) {
            for (ClassPictures pictures : shown(cell, cells.size(), MOST_BESIDE)) {
                List<Raster> pairs = pairs(pictures);
                reconstructions += pictures.reconstructions().size();
                for (Raster image : pairs) {
                    pixels += (long) shown(image).width() * shown(image).height();
                }
            }
        }
        return reconstructions > MOST_WITHIN || pixels > MOST_PIXELS ? PageImages.beside() : PageImages.within();
    }

    private static List<ReportedCell> withPictures(ReportedStudy study) {
        return study.cells().stream()
                .filter(cell -> !cell.run().gallery().isEmpty())
                .toList();
    }

    /** The first classes of a cell, with as many reconstructions as there is room for, of so many cells and so many in all. */
    private static List<ClassPictures> shown(ReportedCell cell, int cells, int most) {
        List<ClassPictures> all = cell.run().gallery();
        List<ClassPictures> classes = all.subList(0, Math.min(all.size(), Math.max(1, most / cells)));
        int each = Math.max(1, most / (cells * classes.size()));
        return classes.stream()
                .map(pictures -> {
                    int best = Math.min(each, pictures.reconstructions().size());
                    return new ClassPictures(
                            pictures.targetClass(),
                            pictures.samples(),
                            pictures.reconstructions().subList(0, best),
                            pictures.nearest().stream().limit(best).toList());
                })
                .toList();
    }

    /** Each reconstruction below the sample that it looks most like. */
    private static List<Raster> pairs(ClassPictures pictures) {
        List<Raster> pairs = new ArrayList<>();
        for (int i = 0; i < pictures.reconstructions().size(); i++) {
            if (!pictures.nearest().isEmpty()) {
                pairs.add(pictures.nearest().get(i));
            }
            pairs.add(pictures.reconstructions().get(i));
        }
        return pairs;
    }

    List<Tag> tags() {
        List<ReportedCell> cells = withPictures(study);
        if (cells.isEmpty()) {
            return List.of();
        }
        Map<ReportedCell, List<ClassPictures>> galleries = new LinkedHashMap<>();
        int room = images.areBeside() ? MOST_BESIDE : MOST_WITHIN;
        cells.forEach(cell -> galleries.put(cell, shown(cell, cells.size(), room)));
        int column = cells.stream()
                .map(cell -> cell.run().gallery().get(0))
                .flatMap(pictures -> Stream.concat(pictures.samples().stream(), pictures.reconstructions().stream()))
                .mapToInt(GallerySection::usualWidth)
                .max()
                .orElse(USUAL);
        int most = galleries.values().stream()
                .mapToInt(gallery -> gallery.get(0).reconstructions().size())
                .max()
                .orElse(1);
        List<Tag> tags = new ArrayList<>();
        tags.add(
                Tag.of("p", "note")
                        .text(
                                "One column per class. On top what the target was trained on; below, for each run, the reconstruction of the"
                                        + " class that the attack itself ranks best, under that training sample of the class which it looks most"
                                        + " like, the one with the closest pixels. Another may be closer to a model's features."));
        if (images.areBeside()) {
            tags.add(Tag.of("p", "note")
                    .text("The pictures are files in " + PageImages.FOLDER
                            + " beside this page: whoever moves one moves both."));
        }
        int classes = cells.stream()
                .mapToInt(cell -> cell.run().gallery().size())
                .max()
                .orElse(0);
        int shown = galleries.values().stream().mapToInt(List::size).max().orElse(0);
        if (shown < classes) {
            tags.add(Tag.of("p", "note")
                    .text("Shown are the first " + shown + " of " + classes
                            + " classes; the others are in the runs' artifacts."));
        }
        if (most > 1) {
            tags.add(Tag.of("input").with("type", "checkbox").with("id", "all-pictures"));
            tags.add(Tag.of("label", "toggle")
                    .with("for", "all-pictures")
                    .text("show the best " + most + " of each class"));
        }
        for (int from = 0; from < shown; from += CLASSES_PER_PAGE) {
            int to = Math.min(shown, from + CLASSES_PER_PAGE);
            Tag strips = Tag.scroll(strips(galleries, from, to, column));
            tags.add(from == 0 ? strips : Tag.collapsed("classes " + (from + 1) + " to " + to + " of these", strips));
        }
        return tags;
    }

    /** Some classes of each cell. */
    private Tag strips(Map<ReportedCell, List<ClassPictures>> galleries, int from, int to, int column) {
        Tag strips = Tag.of("div", "gallery");
        List<ClassPictures> above = List.of();
        for (Map.Entry<ReportedCell, List<ClassPictures>> entry : galleries.entrySet()) {
            ReportedCell cell = entry.getKey();
            if (entry.getValue().size() <= from) {
                continue;
            }
            List<ClassPictures> gallery =
                    entry.getValue().subList(from, Math.min(to, entry.getValue().size()));
            if (above.isEmpty() || !originals(above).equals(originals(gallery))) {
                strips.add(classes(cell, gallery, column));
                int samples = Math.min(SHOWN_SAMPLES, gallery.get(0).samples().size());
                if (samples > 0) {
                    strips.add(strip("training samples", gallery, ClassPictures::samples, samples, column));
                }
            }
            boolean hasNearest = !gallery.get(0).nearest().isEmpty();
            strips.add(strip(
                    (galleries.size() == 1 ? "reconstructions" : cell.label())
                            + (hasNearest ? ", below the nearest sample" : ""),
                    gallery,
                    GallerySection::pairs,
                    hasNearest ? 2 : 1,
                    column));
            above = gallery;
        }
        return strips;
    }

    private static List<List<Raster>> originals(List<ClassPictures> gallery) {
        return gallery.stream().map(ClassPictures::samples).toList();
    }

    private static Tag classes(ReportedCell cell, List<ClassPictures> gallery, int column) {
        Tag names = Tag.of("div", "classes");
        String width = "width:" + column + "px";
        gallery.forEach(pictures -> {
            String name = cell.run().className(pictures.targetClass());
            names.add(Tag.of("span").with("style", width).with("title", name).text(name));
        });
        return Tag.of("div", "strip").add(Tag.of("div", "label").text("class"), names);
    }

    private Tag strip(
            String label,
            List<ClassPictures> gallery,
            Function<ClassPictures, List<Raster>> rasters,
            int rows,
            int column) {
        Size size = Size.of(rasters.apply(gallery.get(0)));
        Tag window = Tag.of("div", "window")
                .with("style", "--rows:" + rows + ";--row:" + size.height() * column / size.width() + "px");
        window.add(image(label, gallery, gallery.stream().map(rasters).toList(), size, column));
        return Tag.of("div", "strip").add(Tag.of("div", "label").text(label), window);
    }

    /** Of an image on a strip with the clear line beside it; smaller images are enlarged by whole numbers. */
    private record Size(int width, int height) {
        static Size of(List<Raster> images) {
            int width = images.stream()
                    .mapToInt(image -> GallerySection.shown(image).width())
                    .max()
                    .orElseThrow();
            int height = images.stream()
                    .map(GallerySection::shown)
                    .mapToInt(image -> image.height() * (width / image.width()))
                    .max()
                    .orElseThrow();
            return new Size(width + 1, height + 1);
        }
    }

    /** All images of some classes in one file, a column per class, separated by clear lines. */
    private Tag image(String label, List<ClassPictures> classes, List<List<Raster>> columns, Size size, int column) {
        int rows = columns.get(0).size();
        int height = rows * size.height();
        Canvas canvas = new Canvas(columns.size() * size.width(), height, Canvas.CLEAR);
        for (int x = 0; x < columns.size(); x++) {
            for (int y = 0; y < rows; y++) {
                Raster image = shown(columns.get(x).get(y));
                canvas.draw(image, x * size.width(), y * size.height(), (size.width() - 1) / image.width());
            }
        }
        Tag shown = Tag.of("img")
                .with(
                        "alt",
                        label + " of classes " + classes.get(0).targetClass() + " to "
                                + classes.get(classes.size() - 1).targetClass())
                .with("width", String.valueOf(columns.size() * column))
                .with("height", String.valueOf(height * column / size.width()))
                .with("src", images.source(canvas));
        return images.areBeside() ? shown.with("loading", "lazy") : shown;
    }

    private static Raster shown(Raster image) {
        return image.atMost(LARGEST);
    }

    /** Of an image and the line beside it, in screen pixels: small images are enlarged so that they can be seen. */
    private static int usualWidth(Raster image) {
        int width = shown(image).width();
        return (width + 1) * Math.max(1, Math.round((float) USUAL / width));
    }
}
