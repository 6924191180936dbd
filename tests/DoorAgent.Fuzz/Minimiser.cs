namespace DoorAgent.Fuzz;

/// <summary>Shortens the input of a finding, so that people can read it and the corpus stays small.</summary>
internal static class Minimiser
{
    // More tries gain few bytes.
    private const int MostTries = 4000;

    /// <summary>Removes parts of an input, large ones first, and then replaces bytes by 0, as long as the finding stays the same.</summary>
    public static byte[] Shortest(FuzzTarget target, byte[] input, Finding finding, Judge judge)
    {
        int tries = 0;
        bool Stays(byte[] shorter) => tries++ < MostTries && judge.Examine(target, shorter)?.Id == finding.Id;
        for (int length = input.Length / 2; length > 0; length /= 2)
        {
            for (int at = 0; at + length <= input.Length;)
            {
                byte[] shorter = [.. input[..at], .. input[(at + length)..]];
                if (Stays(shorter))
                    input = shorter;
                else
                    at += length;
            }
        }

        for (int at = 0; at < input.Length; at++)
        {
            byte[] plainer = [.. input];
            plainer[at] = (byte)'0';
            if (input[at] != '0' && Stays(plainer))
                input = plainer;
        }

        return input;
    }
}
