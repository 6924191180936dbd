using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>What a change of the centre does to the distances of one person.</summary>
/// <param name="Before">The comparisons as they are; null where the gallery cannot be compared as it is.</param>
/// <param name="After">The comparisons as they would be.</param>
internal sealed record CentredPerson(SitePerson? Before, SitePerson After)
{
    /// <summary>The smaller one of two distances afterwards, negative where a comparison goes wrong: from the person's farthest own
    /// encoding to the threshold, and from the threshold to the nearest other person.</summary>
    public double Room => Math.Min(
        double.IsNaN(After.Spread) ? double.PositiveInfinity : After.Threshold - After.Spread, After.NearestDistance - After.Threshold);
}

/// <summary>What a change of the centre would do; nothing is changed yet.</summary>
/// <param name="Stamp">Version of the gallery that the plan was made for.</param>
/// <param name="Before">The gallery's rule of comparison.</param>
/// <param name="After">The rule afterwards.</param>
/// <param name="Centre">The new centre; null where the change goes back to comparing without one.</param>
/// <param name="People">The people, those with the least room first.</param>
internal sealed record CentringPlan(
    GalleryStamp Stamp, ComparisonRule Before, ComparisonRule After, EncodingCentre? Centre, IReadOnlyList<CentredPerson> People);

/// <summary>
/// Computes the centre of a site from its gallery and switches the gallery to it, or back, in one transaction. The centre then stays as it
/// is until it is computed again, whoever is enrolled meanwhile.
/// </summary>
/// <param name="gallery">The gallery.</param>
/// <param name="pipeline">Proven networks with the gallery's encoder.</param>
/// <param name="thresholdsOf">Returns the thresholds for a rule, or throws where the networks have no calibration for the rule.</param>
/// <param name="matching">Checked options.</param>
/// <param name="identifies">Whether this door compares faces with everybody.</param>
internal sealed class SiteCentring(GalleryFile gallery, FacePipeline pipeline, Func<ComparisonRule, Thresholds> thresholdsOf,
    MatchingOptions matching, bool identifies)
{
    private readonly EncoderIdentity _encoder = EncoderIdentity.Of(pipeline);

    /// <summary>Computes the centre, and what the switch would do.</summary>
    /// <param name="least">The least number of people with encodings.</param>
    /// <param name="progress">Receives the number of people compared with all others, before and after.</param>
    /// <exception cref="UserErrorException">There are fewer people, or the networks have no calibration for centred encodings.</exception>
    public CentringPlan Plan(int least, IProgress<int>? progress = null)
    {
        (GalleryStamp stamp, ComparisonRule rule) = Begin();
        Gallery plain = gallery.Read(_encoder, rule.OfEncodings);
        int people = plain.People.Count(person => person.EncodingCount > 0);
        if (people < least)
        {
            throw new UserErrorException($"{people} {(people == 1 ? "person has" : "people have")} encodings, and a centre needs at least "
                + $"{least} (--centre-min): what fewer people have in common is mostly their own. Nothing was changed.");
        }

        EncodedSet set = SetOf(plain);
        EncodingCentre centre = EncodingCentre.Of(set.Vectors, set.Dimension, set.PersonOf);
        return Plan(stamp, rule, rule with { IsCentred = true }, centre, progress);
    }

    /// <summary>Plans to go back to comparing without a centre.</summary>
    /// <returns>The plan; null where the gallery is compared without one already.</returns>
    /// <exception cref="UserErrorException">The networks have no calibration for comparing without.</exception>
    public CentringPlan? PlanWithout(IProgress<int>? progress = null)
    {
        (GalleryStamp stamp, ComparisonRule rule) = Begin();
        return rule.IsCentred ? Plan(stamp, rule, rule with { IsCentred = false }, null, progress) : null;
    }

    /// <summary>Carries out a plan.</summary>
    /// <exception cref="UserErrorException">Somebody else changed the gallery; nothing was written.</exception>
    public void Run(CentringPlan plan) => gallery.Change((connection, now) =>
    {
        GalleryRows.RequireUnchanged(connection, plan.Stamp);
        if (plan.Centre is { } centre)
            GalleryCentres.Write(connection, centre, plan.People.Count(person => person.After.Encodings > 0), now);
        else
            GalleryCentres.Delete(connection);
        GalleryRules.Write(connection, plan.After);
    });

    private (GalleryStamp Stamp, ComparisonRule Rule) Begin() => (gallery.Query(GalleryRows.ReadStamp),
        gallery.Rule ?? throw new UserErrorException("Nobody is enrolled, so that no centre can be computed."));

    private CentringPlan Plan(GalleryStamp stamp, ComparisonRule before, ComparisonRule after, EncodingCentre? centre,
        IProgress<int>? progress)
    {
        Thresholds thresholds = thresholdsOf(after);
        // Fails now, and not when the daemon reads the gallery, if the calibration does not support the gallery.
        _ = new FaceMatcher(gallery.Read(_encoder, after, centre), thresholds, matching, identifies);
        IReadOnlyList<SitePerson>? earlier = Earlier(before, progress);
        int done = earlier?.Count ?? 0;
        IReadOnlyList<SitePerson> later = PeopleOf(after, centre, thresholds, progress is null ? null : new Offset(progress, done));
        return new CentringPlan(stamp, before, after, centre,
            [.. later.Select((person, i) => new CentredPerson(earlier?[i], person)).OrderBy(person => person.Room)]);
    }

    /// <summary>Compares everybody as now. The way out of a rule without a calibration, or without its centre, must not need
    /// either.</summary>
    private IReadOnlyList<SitePerson>? Earlier(ComparisonRule rule, IProgress<int>? progress)
    {
        try
        {
            return PeopleOf(rule, null, thresholdsOf(rule), progress);
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    private IReadOnlyList<SitePerson> PeopleOf(ComparisonRule rule, EncodingCentre? centre, Thresholds thresholds, IProgress<int>? progress)
    {
        EncodedSet set = SetOf(gallery.Read(_encoder, rule with { Template = TemplateKind.Nearest }, centre));
        return GalleryStudy.Of(set, rule.Template, templates => thresholds.Verification(templates), progress).People;
    }

    private static EncodedSet SetOf(Gallery gallery) => new([.. gallery.People.Select(person => person.Name)],
        [.. gallery.People.SelectMany((person, i) => Enumerable.Repeat(i, person.EncodingCount))],
        [.. gallery.People.SelectMany(person => gallery.VectorsOf(person).ToArray())], gallery.Dimension);

    private sealed class Offset(IProgress<int> whole, int by) : IProgress<int>
    {
        public void Report(int value) => whole.Report(by + value);
    }
}
