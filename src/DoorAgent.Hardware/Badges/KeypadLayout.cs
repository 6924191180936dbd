namespace DoorAgent.Hardware.Badges;

/// <summary>
/// How a keypad sends a key over the reader's lines, as one burst: 4 bits, the key's number with the highest bit first; or 8
/// bits, the number's ones' complement before it (5 is 1010 0101), which is checked. Pure.
/// </summary>
internal sealed class KeypadLayout
{
    /// <summary>Names of layouts.</summary>
    public const string FourBits = "4-bit", EightBits = "8-bit";

    private const int NibbleBits = 4;

    private KeypadLayout(string name, int bits) => (Name, Bits) = (name, bits);

    /// <summary>Every layout, by the name that the configuration uses.</summary>
    public static IReadOnlyList<KeypadLayout> All { get; } = [new(FourBits, NibbleBits), new(EightBits, 2 * NibbleBits)];

    public string Name { get; }

    /// <summary>Bits of a burst.</summary>
    public int Bits { get; }

    /// <summary>The layout of that name, or null.</summary>
    public static KeypadLayout? Find(string name) => All.FirstOrDefault(layout => layout.Name == name);

    /// <summary>The key of a burst of the right length; null when its check is wrong or no key has its number.</summary>
    /// <param name="bits">The burst; bit 0 is the first on the wire.</param>
    public KeypadKey? Decode(UInt128 bits)
    {
        int code = Nibble(bits, Bits - NibbleBits);
        return Bits == NibbleBits || Nibble(bits, 0) == (~code & 0xF) ? KeypadKey.OfCode(code) : null;
    }

    /// <summary>The burst that a keypad sends for a key: 0s and 1s, first bit first.</summary>
    public string Encode(KeypadKey key) => (Bits == NibbleBits ? "" : Text(~key.Code & 0xF)) + Text(key.Code);

    private static string Text(int nibble) => Convert.ToString(nibble, 2).PadLeft(NibbleBits, '0');

    private static int Nibble(UInt128 bits, int first)
    {
        int value = 0;
        for (int i = first; i < first + NibbleBits; i++)
            value = value << 1 | (int)(bits >> i & 1);
        return value;
    }
}
