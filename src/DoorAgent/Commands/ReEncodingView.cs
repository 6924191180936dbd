using DoorAgent.People;

namespace DoorAgent.Commands;

/// <summary>A change of the encoder on the screen.</summary>
internal static class ReEncodingView
{
    public static void Show(ReEncoding done, string before, string encoder, bool dropsOld)
    {
        Console.WriteLine($"The gallery's encoder is {encoder}{(before == encoder ? ", as before" : $" now, and was {before}")}: people {done.Counts.Count(count => count > 0)}, "
            + $"encodings {done.Counts.Sum()}, of them made now {done.Work.Count}.");
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
