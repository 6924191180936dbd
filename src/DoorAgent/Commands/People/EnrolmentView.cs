using DoorAgent.Encodings;
using DoorAgent.Enrolment;

namespace DoorAgent.Commands.People;

/// <summary>Shows the result of an enrolment: a line for each picture, then what was added.</summary>
internal static class EnrolmentView
{
    public static void Show(string name, EnrolmentResult enrolled, FacePipeline pipeline)
    {
        foreach (string line in FindingLines.Of(enrolled.Findings))
            Console.WriteLine($"  {line}");
        int added = enrolled.Findings.Count(finding => finding.IsKept);
        string dropped = enrolled.Dropped > 0 ? $", replacing {enrolled.Dropped}" : "";
        Console.WriteLine($"{name}: {added} of {enrolled.Findings.Count} pictures added{dropped}, {enrolled.Pictures.Count} in all "
            + $"(encoder {pipeline.EncoderId}, detector {pipeline.DetectorId}).");
    }
}
