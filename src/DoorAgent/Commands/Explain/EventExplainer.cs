using System.CommandLine;
using DoorAgent.Auditing;
using DoorAgent.Commands.Log;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics.Explaining;
using DoorAgent.Events;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Explain;

/// <summary>Explains a record of the journal: what it means, the attempt that it ended, what the door saw frame by frame, and the kept
/// pictures.</summary>
internal static class EventExplainer
{
    /// <summary>Explains a record.</summary>
    /// <returns>0 for a grant, else 1.</returns>
    /// <exception cref="UserErrorException">There is no such record, or the journal cannot be read.</exception>
    public static int Run(ParseResult result, Places places, long sequence, ExplainedPictureFile file, bool isJson)
    {
        IReadOnlyList<DoorEvent> attempt = RecordExplanation.AttemptOf(places, sequence);
        DoorEvent record = attempt[^1];
        KeptPictures kept = KeptPictures.Of(places);
        (AttemptAccount? account, string? sealedNote) = RecordExplanation.AccountOf(kept, sequence);
        VisitPicture[] pictures = [.. kept.PicturesOf(sequence).Select(picture => VisitPicture.Of(picture.File, kept.Read))];
        (string? drawn, string? note, IReadOnlyList<VisitFrame> read, Func<long, string> nameOf) = sealedNote is { } why
            ? (null, why, [], id => $"person {id}")
            : Pictures(result, places, record, pictures, file);
        string[] path = [.. RecordExplanation.Path(record, account, CommonOptions.SettingsOf(result).Decisions)];
        string[] frames = account is null ? [] : [.. RecordExplanation.Frames(account, CommonOptions.SettingsOf(result).Decisions, nameOf)];
        if (isJson)
        {
            JsonLine.Write(new
            {
                record = EventJson.Of(record),
                attempt = attempt.Select(EventJson.Of),
                path,
                frames,
                pictures = pictures.Select(picture => picture.File),
                picture = drawn,
                faces = read.Select(frame => new
                {
                    problem = frame.Reading.Problem.ToString(),
                    nearest = frame.Nearest.Select(person => new
                    {
                        person = person.Name, distance = Math.Round(person.Distance, 4), threshold = Math.Round(person.Threshold, 4),
                    }),
                }),
                note,
            });
        }
        else
        {
            ExplainView.Show(attempt, path, frames, read.Count > 0 ? new VisitTrace(read, [], null).Deciding.Nearest : [], note);
        }

        return record.Kind == DoorEventKind.Granted ? 0 : 1;
    }

    /// <summary>Draws the picture nearest to the decision with the networks and the gallery of today.</summary>
    private static (string? Drawn, string? Note, IReadOnlyList<VisitFrame> Read, Func<long, string> NameOf) Pictures(
        ParseResult result, Places places, DoorEvent record, VisitPicture[] pictures, ExplainedPictureFile file)
    {
        try
        {
            using VisitExplainer explainer = new(result, places);
            Dictionary<long, string> names = explainer.Names;
            Func<long, string> nameOf = id => names.GetValueOrDefault(id, $"person {id}");
            if (pictures.Length == 0)
                return (null, WhyNone(result, record), [], nameOf);
            IReadOnlyList<VisitFrame> read = explainer.Read(pictures);
            VisitFrame deciding = new VisitTrace(read, [], null).Deciding;
            string? drawn = file.Write(deciding, pictures, explainer.MeasuresOf(deciding),
                [(DoorLog.WordsOf(record), record.Kind == DoorEventKind.Granted)]);
            return (drawn, "The pictures were read again with the networks and the gallery of today; their distances may differ a little, "
                + "since the pictures are kept as JPEG.", read, nameOf);
        }
        catch (UserErrorException why)
        {
            return (null, $"The pictures cannot be shown: {why.Message}", [], id => $"person {id}");
        }
    }

    private static string WhyNone(ParseResult result, DoorEvent record)
    {
        AuditingOptions options = CommonOptions.SettingsOf(result).Auditing;
        return options.KeepPictures == KeepPictures.None
            ? "No pictures of attempts are kept here: Auditing:KeepPictures=denials keeps a few of each denial, for "
                + "Auditing:KeepPicturesFor. Ask the people first."
            : record.Kind is DoorEventKind.Denied or DoorEventKind.Granted
                ? "No picture of this attempt is kept: it was not one of those that Auditing:KeepPictures selects, the camera was not "
                    + "read, or the time of Auditing:KeepPicturesFor is over."
                : "Pictures are kept of decisions only.";
    }
}
