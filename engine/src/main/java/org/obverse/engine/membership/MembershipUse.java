package org.obverse.engine.membership;

import java.util.List;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.engine.graph.Input;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plan.MembershipKeys;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plan.Seeds;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.Network;
import org.obverse.engine.training.HeldOutImages;
import org.obverse.engine.unit.StageUse;
import org.obverse.engine.unit.TrainedClassifier.Course;

/**
 * A membership attack of one cell.
 *
 * @param made the component
 * @param target the model under attack
 * @param course of its training; empty if it was not trained here
 * @param teacher that the target learned from; empty if it has none
 * @param held what the target is not trained on
 * @param references the attacker's own models, as many as {@code keys} say; empty if the attack reads none
 */
public record MembershipUse(
        PlannedComponent<MembershipAttack> chosen,
        MembershipAttack made,
        MembershipKeys keys,
        Input<MeasuredData> data,
        Input<MembershipGame> game,
        StageUse.Target target,
        List<Course> course,
        List<Input<Network>> teacher,
        HeldOutImages held,
        List<Input<Network>> references,
        Seeds seeds,
        Execution execution) {
    public MembershipUse {
        course = List.copyOf(course);
        teacher = List.copyOf(teacher);
        references = List.copyOf(references);
    }
}
