using DoorAgent.Commands.Output;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Evaluating;

/// <summary>Encodes a set with each encoder and measures it, with progress on the terminal.</summary>
/// <param name="places">The door's places.</param>
/// <param name="settings">The door's settings: detector, rates, margin.</param>
/// <param name="cacheDirectory">Directory of the caches of encodings.</param>
/// <param name="isQuiet">Whether the output belongs to a program, so that no progress is shown.</param>
internal sealed class EvaluationRunner(Places places, DoorSettings settings, string cacheDirectory, bool isQuiet)
{
    private readonly CachedEncoding _encoding = new(cacheDirectory, KeyPlaces.Find(places.Data).Newest, isQuiet);

    /// <summary>Number of people of the galleries that are tried where the user names none.</summary>
    public static IReadOnlyList<int> DefaultGalleries { get; } = [10, 100, 300];

    /// <summary>Whether the report is to show the pairs of pictures at which the encoders fail first.</summary>
    public bool FindsWorst { get; init; }

    /// <summary>Encodes and measures.</summary>
    /// <param name="set">The set.</param>
    /// <param name="pairsFile">Path of the pairs file, for the report; null without one.</param>
    /// <param name="encoders">Names of the encoders, see <see cref="EvaluatedNetworks.Name"/>.</param>
    /// <param name="galleries">Numbers of people of the galleries that are tried.</param>
    /// <param name="seed">Start of the random draws.</param>
    /// <param name="stopping">Cancels the work.</param>
    /// <exception cref="UserErrorException">A network cannot be used, or no picture shows a face.</exception>
    public EvaluationReport Run(PictureSet set, string? pairsFile, IReadOnlyList<string> encoders, IReadOnlyList<int> galleries, int seed,
        CancellationToken stopping)
    {
        EncoderMeasurement measurement = new(set, settings.Matching, galleries, seed) { FindsWorst = FindsWorst };
        List<EncoderEvaluation> evaluations = [];
        string digest = "";
        foreach (string name in encoders)
        {
            using FacePipeline pipeline = Open(name);
            EncodedPictures encoded = _encoding.Encode(set, pipeline, () => Open(name), name, stopping);
            digest = encoded.Digest;
            evaluations.Add(WorkProgress.ShowShare($"{name}: comparing", "the pairs",
                progress => measurement.Measure(pipeline, encoded, progress, stopping), isQuiet));
        }

        int several = set.Pictures.CountBy(picture => picture.Person).Count(person => person.Value > 1);
        return new EvaluationReport(new EvaluatedSet(set.Folder, pairsFile, digest, set.People.Count, several, set.Pictures.Count,
            set.LeftOut, set.Notes), TimeProvider.System.GetLocalNow(), seed, evaluations);
    }

    private FacePipeline Open(string name)
    {
        (string encoder, bool flips) = EvaluatedNetworks.Parse(name);
        FacePipeline pipeline = FacePipelineFactory.Open(places, settings.Faces, encoder);
        pipeline.Flips = flips;
        return pipeline;
    }
}
