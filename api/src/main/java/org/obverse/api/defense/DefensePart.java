package org.obverse.api.defense;

/** One contribution of a defense. The trainer composes the parts of all defenses in the order of the plan. */
public sealed interface DefensePart
        permits ModelTransform,
                ParameterPolicy,
                DataTransform,
                LossTerm,
                TeacherLoss,
                LabelEncoder,
                GradientPolicy,
                CheckpointPolicy,
                Companion,
                OutputFilter {}
