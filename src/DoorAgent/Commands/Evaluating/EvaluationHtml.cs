using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Evaluation;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Commands.Evaluating;

/// <summary>Writes an evaluation as one HTML file without scripts: plots and tables of all encoders, and the pictures at which each fails
/// first.</summary>
internal static class EvaluationHtml
{
    public static string Of(EvaluationReport report)
    {
        HtmlPage page = new("Error rates of face encoders");
        page.Element("p", string.Create(CultureInfo.InvariantCulture, $"{report.MadeAt:yyyy-MM-dd HH:mm zzz}. ")
            + EvaluationWords.Of(report.Set));
        if (report.Set.PairsFile is { } pairs)
            page.Element("p", $"Pairs: {pairs}");
        page.Element("p", "FMR is the share of the pairs of two people that match, FNMR the share of the pairs of one person that do "
            + "not; in brackets the Clopper-Pearson interval of 95 %. " + EvaluationReport.Limits);
        page.Element("p", "This file contains pictures of people: delete it when it is no longer needed.");
        if (report.Encoders.Count > 1)
            SideBySide(page, report.Encoders);
        page.Element("h2", "ROC: who matches");
        page.Html(EvaluationPlots.Roc(report.Encoders));
        page.Element("h2", "DET: the errors against each other");
        page.Html(EvaluationPlots.Det(report.Encoders));
        foreach ((int series, EncoderEvaluation encoder) in report.Encoders.Index())
            Encoder(page, encoder, series);
        page.List("Notes", report.Set.Notes);
        page.List("Left out, and counted nowhere", report.Set.LeftOut.Select(one => $"{one.Name}: {one.Reason}"));
        return page.End();
    }

    private static void SideBySide(HtmlPage page, IReadOnlyList<EncoderEvaluation> encoders)
    {
        page.Element("h2", "Side by side");
        page.Table(["encoder", "best accuracy", "10-fold accuracy", "VAL at FAR 1e-3", "equal error rate",
            .. AllPairsEvaluation.Rates.Take(4).Select(rate => $"FNMR at {EvaluationWords.Target(rate)}")],
            encoders.Select(one => (IEnumerable<string>)
            [
                one.Networks.Name, one.Pairs is { } best ? EvaluationWords.Percent(best.BestAccuracy) : "-",
                one.Pairs is { } folded ? EvaluationWords.Percent(folded.Accuracy) : "-",
                one.Pairs is { } validated ? EvaluationWords.Percent(validated.Validation) : "-",
                EvaluationWords.Percent(one.AllPairs.EqualErrorRate),
                .. one.AllPairs.AtRates.Take(4).Select(point => point.IsSupported ? EvaluationWords.Percent(point.Fnmr) : "-"),
            ]));
    }

    private static void Encoder(HtmlPage page, EncoderEvaluation one, int series)
    {
        page.Element("h2", one.Networks.Name);
        page.Element("p", EvaluationWords.Title(one));
        page.Lines(one.Notes);
        page.Lines(one.Pairs is { } pairs ? EvaluationWords.Of(pairs) : []);
        page.Element("h3", "All pairs");
        page.Table(["FMR asked for", "distance below", "FMR", "FNMR", "balanced FMR", "balanced FNMR"],
            one.AllPairs.AtRates.Select(point => Row(point, point.IsSupported ? EvaluationWords.Target(point.Target)
                : $"({EvaluationWords.Target(point.Target)})"))
                .Concat(one.AllPairs.AtCatalogue.Select(point => Row(point, $"catalogue's {EvaluationWords.Target(point.Target)}"))));
        page.Element("p", EvaluationWords.Support(one.AllPairs));
        page.Element("h3", "Distances");
        page.Html(EvaluationPlots.Histogram(one, series));
        Galleries(page, one.Identification);
        if (one.Triplets is { } triplets)
            page.Element("p", EvaluationWords.Of(triplets));
        Sheet(page, "The nearest pictures of two people (each pair of people once)", one.Worst.FalseMatches);
        Sheet(page, "The farthest pictures of one person (each person once)", one.Worst.FalseNonMatches);
        page.List($"{one.Networks.Name}: without a face, or unreadable",
            one.Failures.Select(failure => $"{failure.Name}: {failure.Reason}"));
    }

    private static string[] Row(OperatingPoint point, string asked) =>
    [
        asked, EvaluationWords.Distance(point.Threshold), EvaluationWords.Small(point.Fmr), EvaluationWords.Percent(point.Fnmr),
        EvaluationWords.Small(point.BalancedFmr), EvaluationWords.Percent(point.BalancedFnmr),
    ];

    private static void Galleries(HtmlPage page, IReadOnlyList<IdentificationTrial> trials)
    {
        if (trials.Count == 0)
            return;
        page.Element("h3", "Galleries at this door's settings");
        page.Table(["people (encodings)", "distance below", "FPIR", "strangers taken", "FNIR", "taken for another", "wrong claims accepted",
            "right claims refused"],
            trials.Select(trial => new[]
            {
                $"{EvaluationWords.Count(trial.People)} ({EvaluationWords.Count(trial.Encodings)})",
                EvaluationWords.Distance(trial.IdentificationThreshold), EvaluationWords.Small(trial.Fpir),
                $"{trial.Strangers.Errors} of {EvaluationWords.Count(trial.Strangers.Trials)}", EvaluationWords.Percent(trial.Fnir),
                $"{trial.TakenForAnother.Errors} of {EvaluationWords.Count(trial.TakenForAnother.Trials)}",
                EvaluationWords.Small(trial.WrongClaims), EvaluationWords.Percent(trial.RightClaims),
            }));
    }

    private static void Sheet(HtmlPage page, string title, IReadOnlyList<WorstPair> pairs)
    {
        if (pairs.Count == 0)
            return;
        page.Element("h3", title);
        page.Html("<div class='sheet'>\n");
        foreach (WorstPair pair in pairs)
        {
            string images = string.Concat(new[] { pair.One, pair.Other }.Select(one => PicturePreview.Of(one.Path)).OfType<Frame>()
                .Select(HtmlPicture.Of));
            string caption = $"{EvaluationWords.Distance(pair.Distance)}: {pair.One.Name} and {pair.Other.Name}";
            page.Html(HtmlPicture.Figure(images, caption, "pair"));
        }

        page.Html("</div>\n");
    }
}
