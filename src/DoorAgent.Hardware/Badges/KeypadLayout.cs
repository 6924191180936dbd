namespace DoorAgent.Hardware.Badges;

/// <summary>
/// The layout of the burst that a keypad sends over the reader's lines for a key: 4 bits are the key's number, highest bit first;
/// 8 bits are the number's ones' complement, which is checked, and then the number (5 is 1010 0101). Pure.
/// </summary>
internal sealed class KeypadLayout
{
    /// <summary>The names of the layouts.</summary>
    public const string FourBits = "4-bit", EightBits = "8-bit";

    private const int NibbleBits = 4;

    private KeypadLayout(string name, int bits) => (Name, Bits) = (name, bits);

    /// <summary>All layouts.</summary>
    public static IReadOnlyList<KeypadLayout> All { get; } = [new(FourBits, NibbleBits), new(EightBits, 2 * NibbleBits)];

    public string Name { get; }

    /// <summary>The number of bits in a burst.</summary>
    public int Bits { get; }

    /// <summary>Returns the layout with that name, or null.</summary>
    public static KeypadLayout? Find(string name) => All.FirstOrDefault(layout => layout.Name == name);

    /// <summary>Decodes a burst of the right length; null when its check bits are wrong or no key has its number.</summary>
    /// <param name="bits">The burst; bit 0 is the first bit on the wire.</param>
    public KeypadKey? Decode(UInt128 bits)
    {
        int code = Nibble(bits, Bits - NibbleBits);
        return Bits == NibbleBits || Nibble(bits, 0) == (~code & 0xF) ? KeypadKey.OfCode(code) : null;
    }

    /// <summary>Returns the burst that a keypad sends for a key, as 0s and 1s, first bit first.</summary>
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
