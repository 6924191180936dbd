using DoorAgent.Matching;

namespace DoorAgent.Evaluation;

/// <summary>Two people and how near they are.</summary>
/// <param name="One">Name of one person.</param>
/// <param name="Other">Name of the other person.</param>
/// <param name="Distance">Distance of their nearest pictures, 0 to 2.</param>
/// <param name="ClaimRate">The Matching:Fmr from which on a picture of one opens for the other; null below the table, and with a raw
/// distance.</param>
internal sealed record NamedPair(string One, string Other, float Distance, double? ClaimRate);

/// <summary>The result of an audit.</summary>
/// <param name="Encoder">Catalogue id of the encoder.</param>
/// <param name="People">Number of people.</param>
/// <param name="Encodings">Number of encodings.</param>
/// <param name="Threshold">The distance below which two pictures count as one person.</param>
/// <param name="SmallestRate">The smallest rate of the calibration; null with a raw distance.</param>
/// <param name="Findings">What somebody should look at, the most dangerous first.</param>
/// <param name="Nearest">The nearest pairs of people, nearest first, whether the door confuses them or not.</param>
/// <param name="Triplets">How well the margin between people is kept.</param>
/// <param name="Matrix">The distances between people; of many the ones who are nearest to somebody.</param>
/// <param name="Notes">What the reader must know: one sentence each.</param>
internal sealed record AuditReport(string Encoder, int People, int Encodings, float Threshold, double? SmallestRate,
    IReadOnlyList<AuditFinding> Findings,
    IReadOnlyList<NamedPair> Nearest, TripletViolations Triplets, DistanceMatrix Matrix, IReadOnlyList<string> Notes)
{
    /// <summary>The matrix has at most this many people.</summary>
    public const int MostInMatrix = 200;

    // Of a gallery in which everybody looks like everybody, the nearest pairs are enough to see that.
    private const int MostPairs = 5000, NearestPairs = 10;

    /// <summary>Audits the faces of a gallery.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="faces">Finds traps among its faces.</param>
    /// <param name="thresholds">Thresholds of the gallery's networks.</param>
    /// <param name="further">Findings that do not concern faces.</param>
    /// <param name="notes">What else the reader must know.</param>
    /// <param name="progress">Receives the share of the compared pairs, 0 to 1.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static AuditReport Of(Gallery gallery, FaceAudit faces, Thresholds thresholds, IEnumerable<AuditFinding> further,
        IEnumerable<string> notes, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        EncodedSet set = new([.. gallery.People.Select(person => person.Name)],
            [.. gallery.People.Index().SelectMany(one => Enumerable.Repeat(one.Index, one.Item.EncodingCount))],
            gallery.Vectors.ToArray(), gallery.Dimension);
        NearestPeople nearest = NearestPeople.Of(set, MostPairs, progress, cancellation);
        AuditFinding[] findings =
        [
            .. faces.Find(nearest).Concat(further).OrderBy(finding => finding.Kind).ThenBy(finding => finding.Distance ?? 0)
                .ThenBy(finding => finding.Person, StringComparer.CurrentCulture),
        ];
        bool isCut = nearest.Pairs.Count == MostPairs && nearest.Pairs[^1].Distance < thresholds.SamePerson();
        return new AuditReport(gallery.Encoder, gallery.People.Length, gallery.EncodingCount, thresholds.SamePerson(),
            thresholds.SmallestRate, findings, [.. nearest.Pairs.Take(2 * NearestPairs).Select(faces.Named).OrderBy(pair => pair.Distance).Take(NearestPairs)],
            TripletViolations.Of(set, nearest),
            DistanceMatrix.Of(gallery, InMatrix(gallery, nearest)),
            [.. notes, .. isCut ? [$"Only the {MostPairs} nearest pairs of people were judged: there are more that look alike."]
                : Array.Empty<string>()]);
    }

    /// <summary>Returns the people for the matrix, the nearest to each other first, so that what matters is in the upper left
    /// corner.</summary>
    private static int[] InMatrix(Gallery gallery, NearestPeople nearest) =>
    [
        .. nearest.Pairs.SelectMany(pair => new[] { pair.One, pair.Other })
            .Concat(Enumerable.Range(0, gallery.People.Length)).Where(index => gallery.People[index].EncodingCount > 0)
            .Distinct().Take(MostInMatrix),
    ];
}
