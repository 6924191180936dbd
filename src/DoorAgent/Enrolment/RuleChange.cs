using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Enrolment;

/// <summary>What a change of the rule of comparison would do.</summary>
/// <param name="Stamp">Version of the gallery that the plan was made for.</param>
/// <param name="Before">The gallery's rule.</param>
/// <param name="Remade">The encodings that are made again from kept crops; null where the present ones fit the new rule.</param>
internal sealed record RulePlan(GalleryStamp Stamp, ComparisonRule Before, ReEncodingPlan? Remade);

/// <summary>Changes the rule of comparison of a gallery in one transaction. A running door follows within a second.</summary>
/// <param name="gallery">The gallery.</param>
/// <param name="networks">Proven networks with the gallery's encoder, with thresholds for the new rule.</param>
/// <param name="matching">Checked options.</param>
/// <param name="identifies">Whether this door compares faces with everybody.</param>
/// <param name="time">The clock.</param>
internal sealed class RuleChange(GalleryFile gallery, LoadedNetworks networks, MatchingOptions matching, bool identifies, TimeProvider time)
{
    private readonly ReEncoder _remaking = new(gallery, networks, identifies, time) { Remakes = true };

    private ComparisonRule Rule => networks.Thresholds.Rule;

    /// <summary>Plans the change without changing anything.</summary>
    /// <param name="withoutThem">Whether to leave out people whose encodings cannot be made again.</param>
    /// <exception cref="UserErrorException">The gallery does not support the rule; the message says why, and what to do.</exception>
    public RulePlan Plan(bool withoutThem)
    {
        GalleryStamp stamp = gallery.Query(GalleryRows.ReadStamp);
        ComparisonRule before = gallery.Rule ?? throw new UserErrorException(
            "Nobody is enrolled: the first enrolment chooses the best rule for which the networks have a calibration.");
        bool remakes = before.HasFlippedEncodings != Rule.HasFlippedEncodings;
        if (Rule.IsCentred && (remakes || gallery.Centre is null))
        {
            throw new UserErrorException(remakes
                ? $"With {Rule.Name} all encodings are made again, and the centre is computed from them: change to "
                    + $"{(Rule with { IsCentred = false }).Name} first, then 'dooragent calibrate --centre'. Nothing was changed."
                : $"The gallery has no centre for {Rule.Name}: 'dooragent calibrate --centre' computes one and switches. "
                    + "Nothing was changed.");
        }

        if (remakes)
            return new RulePlan(stamp, before, _remaking.Plan(withoutThem));
        // Fails now, and not when the daemon reads the gallery, if the calibration does not support the gallery.
        _ = new FaceMatcher(gallery.Read(EncoderIdentity.Of(networks.Pipeline), Rule), networks.Thresholds, matching, identifies);
        return new RulePlan(stamp, before, null);
    }

    /// <summary>Carries out a plan. A rule without a centre deletes the centre of the gallery's encoder.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Receives the number of pictures encoded again.</param>
    /// <exception cref="UserErrorException">A crop cannot be encoded, or somebody else changed the gallery; nothing was
    /// written.</exception>
    public void Run(RulePlan plan, IProgress<int>? progress)
    {
        if (plan.Remade is { } remade)
        {
            _remaking.Run(remade, dropsOld: true, progress);
            return;
        }

        gallery.Change((connection, _) =>
        {
            GalleryRows.RequireUnchanged(connection, plan.Stamp);
            GalleryRules.Write(connection, Rule);
            if (!Rule.IsCentred)
                GalleryCentres.Delete(connection);
        });
    }
}
