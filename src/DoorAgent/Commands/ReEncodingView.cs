using DoorAgent.People;

namespace DoorAgent.Commands;

/// <summary>A change of the encoder on the screen.</summary>
internal static class ReEncodingView
{
    public static void Show(ReEncoding done, string before, string encoder, bool dropsOld)
    {
        Console.WriteLine($"The gallery's encoder is {encoder} now{(before == encoder ? "" : $", and was {before}")}: {done.Counts.Count(count => count > 0)} people, "
            + $"{done.Counts.Sum()} encodings, {done.Work.Count} of them made now.");
        if (done.Fewer.Count > 0)
            Console.WriteLine($"Fewer pictures than before have: {string.Join(", ", done.Fewer)}. Add some with 'dooragent people pictures' when they are refused too often.");
        if (done.Without.Count > 0)
            Console.WriteLine($"Without a face, and denied as FaceNotMatched until they are enrolled again:{string.Concat(done.Without.Select(name => $"{Environment.NewLine}  {ReEncoder.EnrolAgain(name)}"))}");
        if (dropsOld)
            Console.WriteLine("What other encoders made is deleted.");
        else if (before != encoder)
            Console.WriteLine($"The encodings of {before} are kept: 'dooragent people re-encode --encoder {before}' is the way back.");
    }
}
