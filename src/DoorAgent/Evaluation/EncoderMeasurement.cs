using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>Measures everything that a report says of one encoder.</summary>
/// <param name="set">The set.</param>
/// <param name="matching">The product's rates and margin.</param>
/// <param name="galleries">Numbers of people of the galleries that are tried.</param>
/// <param name="seed">Start of the random draws.</param>
internal sealed class EncoderMeasurement(PictureSet set, MatchingOptions matching, IReadOnlyList<int> galleries, int seed)
{
    /// <summary>Number of pictures of which the templates that are compared are made, as many as the guide recommends for
    /// enrolment.</summary>
    private const int EnrolledPictures = 3;

    /// <summary>Whether the pairs of pictures at which an encoder fails first are found: a second comparison of all pairs.</summary>
    public bool FindsWorst { get; init; }

    /// <summary>Measures an encoder.</summary>
    /// <param name="pipeline">The open networks.</param>
    /// <param name="encoded">The set's encodings by them.</param>
    /// <param name="progress">Receives the share of the compared pairs, 0 to 1.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public EncoderEvaluation Measure(FacePipeline pipeline, EncodedPictures encoded, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        EncodedSet encodings = encoded.Encodings;
        ComparisonRule rule = ComparisonRule.Nearest with { Flip = pipeline.Flips ? FlipUse.Both : FlipUse.Off };
        CalibrationEntry? table = pipeline.CalibrationOf(rule);
        IEnumerable<CalibrationRow> rows = (table?.Rows ?? []).Where(row => !row.IsEstimate);
        DistanceHistogram histogram = DistanceHistogram.Of(encodings, progress, cancellation);
        List<string> notes = [.. encoded.Notes];
        AllPairsEvaluation allPairs = AllPairsEvaluation.Of(histogram, rows.Select(row => (row.Fmr, row.Distance)));
        FoldedEvaluation? folded = FoldedEvaluation.Of(ComparedPairs.Of(set, encodings, seed));
        return new EncoderEvaluation(EvaluatedNetworks.Of(pipeline), encodings.Failures, encodings.Rows, allPairs, folded,
            Try(pipeline, encodings, notes), TemplateTrial.Of(encodings, EnrolledPictures, seed, cancellation),
            TripletEvaluation.Of(encodings, seed), notes)
        {
            // Pixels have thousands of numbers each, and their worst pairs teach nobody anything.
            Worst = FindsWorst && pipeline.HasEncoderFile ? WorstPairs.Of(set, encodings, WorstPairs.Kept, cancellation) : WorstPairs.None,
        };
    }

    /// <summary>Tries galleries, the smallest first, by the rule of comparison that a new gallery takes with these networks; one that the
    /// calibration does not support is a note.</summary>
    private List<IdentificationTrial> Try(FacePipeline pipeline, EncodedSet encodings, List<string> notes)
    {
        List<IdentificationTrial> trials = [];
        Thresholds thresholds;
        try
        {
            FlipUse flip = pipeline.Flips ? FlipUse.Both : FlipUse.Off;
            ComparisonRule rule = pipeline.BestRule(flip);
            // Distances of encodings without mirror images do not hold for these.
            if (rule.Flip != flip)
                rule = rule with { Flip = flip };
            thresholds = FacePipelineFactory.ThresholdsOf(pipeline, matching, rule);
        }
        catch (UserErrorException refused)
        {
            notes.Add($"No gallery was tried: {refused.Message}");
            return trials;
        }

        OpenSet people = new(encodings, pipeline.EncoderId, seed);
        foreach (int size in galleries.Select(size => Math.Min(size, people.Candidates)).Distinct().Order())
        {
            try
            {
                trials.Add(people.Try(size, thresholds, matching));
            }
            catch (UserErrorException refused)
            {
                notes.Add($"A gallery of {size} people cannot be tried: {refused.Message}");
            }
        }

        return trials;
    }
}
