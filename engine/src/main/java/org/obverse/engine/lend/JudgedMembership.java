package org.obverse.engine.lend;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.MembershipEvidence;
import org.obverse.api.random.RandomStream;

/** What a metric of membership attacks is lent for one unit: no more than it declared. */
public record JudgedMembership(
        UnitLoan unit,
        DeclaredData lent,
        List<Attacked> attacks,
        List<Integer> memberClasses,
        List<Integer> otherClasses)
        implements MembershipEvidence {
    public JudgedMembership {
        attacks = List.copyOf(attacks);
        memberClasses = List.copyOf(memberClasses);
        otherClasses = List.copyOf(otherClasses);
    }

    @Override
    public Dataset data() {
        return lent.plain();
    }

    @Override
    public Images images(Part part, EvaluationModel model) {
        return lent.images(part, model.classifier().input());
    }

    @Override
    public NDManager manager() {
        return unit.manager();
    }

    @Override
    public int batch() {
        return unit.batch().getAsInt();
    }

    @Override
    public RandomStream random() {
        return unit.random();
    }

    @Override
    public void checkpoint() {
        unit.checkpoint();
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        unit.progress(done, total, figures);
    }
}
