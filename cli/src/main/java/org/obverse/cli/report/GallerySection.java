package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.picture.Canvas;
import org.obverse.engine.record.ClassPictures;
import org.obverse.engine.record.Raster;

/**
 * One column per class: the target's training samples on top, below them each cell's best reconstructions. All images are
 * shown at one width, whatever their own is.
 */
final class GallerySection {
    private static final int CLASSES_PER_IMAGE = 100;
    private static final int SHOWN_SAMPLES = 2;
    private static final int LARGEST = 96;
    private static final int USUAL = 64;

    private final ReportedStudy study;

    GallerySection(ReportedStudy study) {
        this.study = study;
    }

    List<Tag> tags() {
        List<ReportedCell> cells = study.cells().stream()
                .filter(cell -> !cell.run().gallery().isEmpty())
                .toList();
        if (cells.isEmpty()) {
            return List.of();
        }
        Tag strips = Tag.of("div", "gallery");
        int column = cells.stream()
                .map(cell -> cell.run().gallery().get(0))
                .flatMap(pictures -> Stream.concat(pictures.samples().stream(), pictures.reconstructions().stream()))
                .mapToInt(GallerySection::usualWidth)
                .max()
                .orElse(USUAL);
        List<ClassPictures> above = List.of();
        for (ReportedCell cell : cells) {
            List<ClassPictures> gallery = cell.run().gallery();
            if (above.isEmpty() || !originals(above).equals(originals(gallery))) {
                strips.add(classes(cell, column));
                strips.add(strip("training samples", gallery, ClassPictures::samples, SHOWN_SAMPLES, column));
            }
            strips.add(strip(
                    cells.size() == 1 ? "reconstructions" : cell.label(),
                    gallery,
                    ClassPictures::reconstructions,
                    1,
                    column));
            above = gallery;
        }
        int most = cells.stream()
                .mapToInt(cell -> cell.run().gallery().get(0).reconstructions().size())
                .max()
                .orElse(1);
        List<Tag> tags = new ArrayList<>();
        tags.add(Tag.of("p", "note")
                .text("One column per class. On top what the target was trained on; below, the reconstruction of the"
                        + " class that the attack itself ranks best."));
        if (most > 1) {
            tags.add(Tag.of("input").with("type", "checkbox").with("id", "all-pictures"));
            tags.add(Tag.of("label", "toggle")
                    .with("for", "all-pictures")
                    .text("show the best " + most + " of each class"));
        }
        tags.add(Tag.of("div", "scroll").with("tabindex", "0").add(strips));
        return tags;
    }

    private static List<List<Raster>> originals(List<ClassPictures> gallery) {
        return gallery.stream().map(ClassPictures::samples).toList();
    }

    private static Tag classes(ReportedCell cell, int column) {
        Tag names = Tag.of("div", "classes");
        String width = "width:" + column + "px";
        cell.run().gallery().forEach(pictures -> {
            String name = cell.run().className(pictures.targetClass());
            names.add(Tag.of("span").with("style", width).with("title", name).text(name));
        });
        return Tag.of("div", "strip").add(Tag.of("div", "label").text("class"), names);
    }

    private static Tag strip(
            String label,
            List<ClassPictures> gallery,
            Function<ClassPictures, List<Raster>> images,
            int rows,
            int column) {
        Raster first = shown(images.apply(gallery.get(0)).get(0));
        int row = (first.height() + 1) * column / (first.width() + 1);
        Tag window = Tag.of("div", "window").with("style", "--rows:" + rows + ";--row:" + row + "px");
        for (int from = 0; from < gallery.size(); from += CLASSES_PER_IMAGE) {
            List<ClassPictures> part = gallery.subList(from, Math.min(gallery.size(), from + CLASSES_PER_IMAGE));
            window.add(image(label, part, part.stream().map(images).toList(), column));
        }
        return Tag.of("div", "strip").add(Tag.of("div", "label").text(label), window);
    }

    /** All images of some classes in one file, a column per class, separated by clear lines. */
    private static Tag image(String label, List<ClassPictures> classes, List<List<Raster>> columns, int column) {
        Raster first = shown(columns.get(0).get(0));
        int rows = columns.get(0).size();
        int width = columns.size() * (first.width() + 1);
        int height = rows * (first.height() + 1);
        Canvas canvas = new Canvas(width, height, Canvas.CLEAR);
        for (int x = 0; x < columns.size(); x++) {
            for (int y = 0; y < rows; y++) {
                Raster image = shown(columns.get(x).get(y));
                canvas.draw(image, x * (first.width() + 1), y * (first.height() + 1), 1);
            }
        }
        return Tag.of("img")
                .with(
                        "alt",
                        label + " of classes " + classes.get(0).targetClass() + " to "
                                + classes.get(classes.size() - 1).targetClass())
                .with("width", String.valueOf(columns.size() * column))
                .with("height", String.valueOf(height * column / (first.width() + 1)))
                .with("src", dataUri(canvas));
    }

    static String dataUri(Canvas canvas) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(canvas.png());
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
