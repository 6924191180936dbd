using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;

namespace DoorAgent.Commands.People;

/// <summary>Shows an answer about a picture on the screen, or as one line of JSON.</summary>
internal static class AnswerView
{
    public static void Show(PictureMatch answer, FacePipeline pipeline, bool isJson, bool showsNearest)
    {
        if (isJson)
        {
            JsonLine.Write(new
            {
                opens = answer.Opens,
                words = answer.Words,
                reason = answer.WhyNot,
                person = answer.Person.Name,
                distance = Number(answer.Match.Distance),
                threshold = Number(answer.Match.Threshold),
                secondDistance = Number(answer.Match.SecondDistance),
                encoder = pipeline.EncoderId,
                detector = pipeline.DetectorId,
                turnedBy = answer.TurnedBy,
            });
            return;
        }

        Console.WriteLine(answer.Words);
        string nearest = showsNearest ? $"nearest {answer.Person.Name}, " : "";
        string second = float.IsFinite(answer.Match.SecondDistance) ? $", next person {Text(answer.Match.SecondDistance)}" : "";
        string why = answer.WhyNot is null ? "" : $": {answer.WhyNot}";
        Console.WriteLine($"{nearest}distance {Text(answer.Match.Distance)}, threshold {Text(answer.Match.Threshold)}{second}{why}");
        if (answer.TurnedBy != 0)
            Console.WriteLine($"The picture {PictureWords.Turned(answer.TurnedBy)}.");
    }

    private static string Text(float distance) => distance.ToString("0.000", CultureInfo.InvariantCulture);

    // JSON has no infinity: where nobody is enrolled to compare with, the distance is null.
    private static double? Number(float distance) => float.IsFinite(distance) ? Math.Round(distance, 4) : null;
}
