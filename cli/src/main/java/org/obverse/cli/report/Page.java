package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.obverse.cli.report.chart.Charts;
import org.obverse.cli.report.defense.DefensePage;
import org.obverse.cli.report.defense.Evidence;
import org.obverse.cli.report.html.Document;
import org.obverse.cli.report.html.Document.Section;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.study.OverAxis;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;

/** The report of a study. */
final class Page {
    private final ReportedStudy study;
    private final List<Attempt> attempts;
    private final PageImages images;
    private final Charts charts = new Charts();

    /** With all pictures in it, of a study of which is not known when it was run. */
    Page(ReportedStudy study) {
        this(study, List.of(), PageImages.within());
    }

    /**
     * @param images where its pictures go
     */
    Page(ReportedStudy study, List<Attempt> attempts, PageImages images) {
        this.study = study;
        this.attempts = List.copyOf(attempts);
        this.images = images;
    }

    String html() {
        OverviewSection overview = new OverviewSection(study);
        List<Tag> top = new ArrayList<>();
        top.addAll(overview.unfinished());
        top.addAll(overview.duplicates());
        top.addAll(overview.accepted());
        top.addAll(overview.strangers());
        top.addAll(overview.standing());
        top.addAll(overview.unfit());
        List<Section> sections = sections(overview);
        return new Document(study.name(), overview.sentence() + ".", top, sections, charts.scripts()).html();
    }

    private List<Section> sections(OverviewSection overview) {
        CurvesSection curves = new CurvesSection(study, charts);
        DetailsSection details = new DetailsSection(study);
        List<Setting> settings = Setting.of(study);
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("verdict", "Verdict", new VerdictSection(study, settings).tags()));
        DefensePage defense = new DefensePage(Evidence.of(study, settings, VerdictSection.main(settings)));
        sections.add(new Section("defense", "What the targets withstood", defense.tags(charts)));
        sections.add(new Section("results", "Results", new ResultsSection(study, settings).tags()));
        sections.add(new Section("axes", "Along the axes", AxisSection.of(OverAxis.of(study, settings), charts)));
        sections.add(new Section("extremes", "Classes at both ends", new ExtremeClasses(study, settings).tags()));
        sections.add(new Section("reconstructions", "Reconstructions", new GallerySection(study, images).tags()));
        sections.add(new Section("analyses", "Analyses", AnalysesSection.of(study, settings, charts)));
        sections.add(new Section("pictures", "Pictures", PicturesSection.of(study, images)));
        sections.add(new Section("steps", "Over the steps", curves.attack()));
        sections.add(new Section("training", "Training", curves.training()));
        sections.add(new Section("prepared", "What was prepared", new PreparedSection(study).tags()));
        sections.add(new Section("run", "What was run", overview.facts()));
        sections.add(new Section("attempts", "When, where and how long", AttemptsSection.of(attempts)));
        sections.add(new Section("queries", "Queries to the target", details.queries()));
        sections.add(new Section("memory", "Short of memory", details.halved()));
        sections.add(new Section("classes", "Per class", details.perClass()));
        sections.add(new Section("again", "Run it again", details.again()));
        sections.add(
                new Section("plan", study.cells().size() == 1 ? "Resolved plan" : "Resolved plans", details.plans()));
        sections.add(new Section("code", "Code", details.code()));
        return sections;
    }
}
