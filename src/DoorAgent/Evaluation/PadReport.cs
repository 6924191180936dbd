using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>What was measured with.</summary>
/// <param name="Detector">Catalogue id of the detector.</param>
/// <param name="Encoder">Catalogue id of the encoder, whose check of unlikely faces is a part of the quality.</param>
/// <param name="Strength">What judged.</param>
/// <param name="Threshold">The least score that the door accepts.</param>
/// <param name="MinFaceWidth">The least width of a face, in pixels.</param>
/// <param name="FramesToAgree">Number of frames of an attempt on a clip.</param>
/// <param name="Bpcer">The stated share of refused people, 0 to 1.</param>
internal sealed record PadConditions(
    string Detector, string Encoder, LivenessStrength Strength, double Threshold, int MinFaceWidth, int FramesToAgree, double Bpcer);

/// <summary>A measurement of presentation attack detection on a folder.</summary>
/// <param name="Folder">Path of the folder.</param>
/// <param name="MadeAt">Local time of the measurement.</param>
/// <param name="Conditions">What was measured with.</param>
/// <param name="Stills">The stills; null if there are none.</param>
/// <param name="Clips">The clips; null if there are none.</param>
/// <param name="Skipped">Files that could not be judged; they count nowhere.</param>
/// <param name="Notes">What the reader must know: one sentence each.</param>
internal sealed record PadReport(
    string Folder, DateTimeOffset MadeAt, PadConditions Conditions, PadEvaluation? Stills, PadEvaluation? Clips,
    IReadOnlyList<SkippedFile> Skipped, IReadOnlyList<string> Notes)
{
    /// <summary>What a report does not say, for every form of it.</summary>
    public const string Limits = "Measured on these pictures only: other cameras, light, people and attacks give other rates. Pictures of "
        + "one group resemble each other, so intervals over pictures are narrower than the truth. This does not claim conformance with any "
        + "standard.";

    /// <summary>The evaluations with the names of their kinds.</summary>
    public IEnumerable<(string Kind, PadEvaluation Evaluation)> Parts =>
        new[] { ("stills", Stills), ("clips", Clips) }.Where(part => part.Item2 is not null).Select(part => (part.Item1, part.Item2!));

    /// <summary>Judges every presentation of a folder.</summary>
    /// <param name="folder">Path of the folder, for the report.</param>
    /// <param name="found">Its presentations.</param>
    /// <param name="judge">Judges one; see <see cref="PresentationJudge.Judge"/>.</param>
    /// <param name="conditions">What is measured with.</param>
    /// <param name="madeAt">Local time of the measurement.</param>
    /// <param name="progress">Receives the number of finished presentations.</param>
    /// <param name="cancellation">Cancels the measurement.</param>
    /// <exception cref="UserErrorException">Not one picture could be judged; the message names the first.</exception>
    public static PadReport Measure(string folder, PresentationFolder found, Func<Presentation, PresentationResult> judge,
        PadConditions conditions, DateTimeOffset madeAt, IProgress<int> progress, CancellationToken cancellation)
    {
        List<PresentationResult> results = [];
        List<SkippedFile> skipped = [];
        List<string> notes = [.. found.Notes];
        foreach (Presentation presentation in found.Presentations)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                results.Add(judge(presentation));
            }
            catch (NetworkFaultException fault)
            {
                // The door denies such an attempt.
                results.Add(new PresentationResult(presentation, UnusableReason.None, [new JudgedAttempt(SpoofSign.Score, null)]));
                notes.Add($"{presentation.Name} counts as refused: {fault.Message}");
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                skipped.Add(new SkippedFile(presentation.Name, WithoutPath(failure.Message, presentation)));
            }

            progress.Report(results.Count + skipped.Count);
        }

        if (results.Count == 0)
            throw new UserErrorException($"No picture of {folder} could be judged. {skipped[0].Name}: {skipped[0].Why}");
        notes.AddRange(NotesOn(results));
        return new PadReport(folder, madeAt, conditions, Of(isClip: false), Of(isClip: true), skipped, notes);

        PadEvaluation? Of(bool isClip) =>
            results.Where(one => one.Presentation.IsClip == isClip).ToArray() is { Length: > 0 } some ? new PadEvaluation(some) : null;
    }

    private static IEnumerable<string> NotesOn(List<PresentationResult> results)
    {
        int stretched = results.Count(one => one.Problem == UnusableReason.OutOfProportion);
        if (stretched > 0)
        {
            yield return $"Out of proportion and so not judged: {stretched}. If somebody stretched these pictures after they were taken, "
                + $"say so in {PresentationIndex.FileName} (column 'stretched': yes), or with --stretched and a text that stands in their "
                + "lines.";
        }
    }

    private static string WithoutPath(string message, Presentation presentation)
    {
        string? path = presentation.Files.FirstOrDefault(file => message.StartsWith($"{file}: ", StringComparison.Ordinal));
        return path is null ? message : $"{(presentation.IsClip ? $"{Path.GetFileName(path)}: " : "")}{message[(path.Length + 2)..]}";
    }
}
