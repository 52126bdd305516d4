package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.picture.Canvas;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.record.Raster;
import org.obverse.engine.record.Score.Measured;
import org.obverse.engine.record.Score.Picture;

/** What metrics drew, side by side. */
final class PicturesSection {
    private PicturesSection() {}

    static List<Tag> of(ReportedStudy study, PageImages images) {
        List<Tag> figures = new ArrayList<>();
        List<String> captions = new ArrayList<>();
        for (ReportedCell cell : study.cells()) {
            for (Picture picture : pictures(cell)) {
                figures.add(Tag.of("figure")
                        .add(
                                image(picture.pixels(), picture.caption(), images),
                                Tag.of("figcaption").text(study.cells().size() == 1 ? picture.name() : cell.label())));
                if (!captions.contains(picture.caption())) {
                    captions.add(picture.caption());
                }
            }
        }
        if (figures.isEmpty()) {
            return List.of();
        }
        List<Tag> tags = new ArrayList<>();
        captions.forEach(caption -> tags.add(Tag.of("p", "note").text(caption)));
        tags.add(Tag.of("div", "pictures").addAll(figures));
        return tags;
    }

    private static List<Picture> pictures(ReportedCell cell) {
        return cell.run().scores().stream()
                .filter(Measured.class::isInstance)
                .flatMap(score -> ((Measured) score).pictures().stream())
                .toList();
    }

    private static Tag image(Raster pixels, String caption, PageImages images) {
        Canvas canvas = new Canvas(pixels.width(), pixels.height(), Canvas.WHITE);
        canvas.draw(pixels, 0, 0, 1);
        return Tag.of("img")
                .with("alt", caption)
                .with("width", String.valueOf(pixels.width()))
                .with("height", String.valueOf(pixels.height()))
                .with("src", images.source(canvas));
    }
}
