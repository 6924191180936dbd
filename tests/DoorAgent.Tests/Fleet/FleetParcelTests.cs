using CsCheck;
using DoorAgent.Fleet;

namespace DoorAgent.Tests.Fleet;

public sealed class FleetParcelTests
{
    private static readonly Gen<FleetItem[]> Items = Gen.Select(Gen.Char["abc.-0123"].Array[1, FleetParcel.MostKeyBytes], Gen.ULong,
        Gen.Byte.Array[0, 400])
        .Select(one => new FleetItem(new string(one.Item1), one.Item2, one.Item3)).Array[0, 8];

    [Fact]
    public void WhatIsWrittenIsWhatIsReadInAnyPieces() => Gen.Select(Items, Gen.Int[1, 50]).Sample((items, piece) =>
    {
        byte[] parcel = Parcel(items);
        Assert.Equal(parcel.Length, items.Sum(FleetParcel.LengthOf));
        using Piecewise stream = new([.. parcel, 1, 2, 3], piece);
        FleetItem[] read = [.. FleetParcel.Read(stream, parcel.Length)];
        Assert.Equal(items.Select(Text), read.Select(Text));
        Assert.Equal(parcel.Length, stream.Position);
    });

    [Fact]
    public void AParcelThatIsCutOffIsRefusedAtAnyPlace()
    {
        byte[] parcel = Parcel([new FleetItem("lab.x", 1, [1, 2, 3]), new FleetItem("lab.y", 2, [])]);
        int first = (int)FleetParcel.LengthOf(new FleetItem("lab.x", 1, [1, 2, 3]));
        foreach (int length in Enumerable.Range(1, parcel.Length - 1).Where(length => length != first))
        {
            Assert.Throws<FleetRecordException>(() => FleetParcel.Read(new MemoryStream(parcel), length).Count());
            Assert.Throws<FleetRecordException>(() => FleetParcel.Read(new MemoryStream(parcel[..length]), parcel.Length).Count());
        }
    }

    /// <summary>No number in a parcel makes the reader take more memory than a record has.</summary>
    [Fact]
    public void ImpossibleLengthsAreRefusedBeforeAnythingIsRead()
    {
        byte[] parcel = Parcel([new FleetItem("lab.x", 1, [1])]);
        int valueLength = 2 + 5 + 8;
        foreach ((int at, byte value) in new[] { (0, (byte)0xFF), (1, (byte)0), (1, (byte)129), (valueLength, (byte)0xFF),
        (valueLength, (byte)0x7F),
            (valueLength + 1, (byte)2), (2, (byte)0xC3), (2, (byte)0x1B), (2, (byte)0x20) })
        {
            byte[] wrong = [.. parcel];
            wrong[at] = value;
            Assert.Throws<FleetRecordException>(() => FleetParcel.Read(new MemoryStream(wrong), wrong.Length).Count());
        }

        Assert.Throws<FleetRecordException>(() => FleetParcel.Read(Stream.Null, -1).Count());
        Assert.Throws<FleetRecordException>(() => FleetParcel.Read(Stream.Null, FleetParcel.MostBytes + 1).Count());
        Assert.Empty(FleetParcel.Read(Stream.Null, 0));
    }

    /// <summary>A hostile hub has millions of the smallest records.</summary>
    [Fact]
    public void TheNumberOfRecordsIsLimited()
    {
        byte[] one = Parcel([new FleetItem("x", 1, [])]);
        using Repeated most = new(one), more = new(one);
        Assert.Equal(FleetParcel.MostRecords, FleetParcel.Read(most, (long)FleetParcel.MostRecords * one.Length).Count());
        Assert.Throws<FleetRecordException>(() => FleetParcel.Read(more, (FleetParcel.MostRecords + 1L) * one.Length).Count());
    }

    [Fact]
    public void WhatCannotBeReadIsNotWritten()
    {
        Assert.All([
            new FleetItem("", 1, []), new FleetItem("lab.ü", 1, []), new FleetItem("lab.\u001b[2J", 1, []),
                new FleetItem("lab x", 1, []), new FleetItem(new string('x', FleetParcel.MostKeyBytes + 1), 1, []),
            new FleetItem("lab.x", 1, new byte[SignedRecord.MostBytes + 1]),
        ], item => Assert.Throws<FleetRecordException>(() => FleetParcel.Write(Stream.Null, item)));
        FleetItem largest = new(new string('x', FleetParcel.MostKeyBytes), ulong.MaxValue, new byte[SignedRecord.MostBytes]);
        byte[] parcel = Parcel([largest]);
        Assert.Equal(Text(largest), Text(FleetParcel.Read(new MemoryStream(parcel), parcel.Length).Single()));
    }

    /// <summary>A parcel may be larger than a small board's memory.</summary>
    [Fact]
    public void OneRecordAtATimeIsInMemory()
    {
        byte[] one = Parcel([new FleetItem("lab.x", 1, new byte[SignedRecord.MostBytes])]);
        const int Many = 500;
        using Repeated stream = new(one);
        long most = 0;
        foreach (FleetItem _ in FleetParcel.Read(stream, (long)Many * one.Length))
            most = Math.Max(most, stream.Ahead);
        Assert.Equal(0, most);
    }

    private static byte[] Parcel(FleetItem[] items)
    {
        using MemoryStream made = new();
        foreach (FleetItem item in items)
            FleetParcel.Write(made, item);
        return made.ToArray();
    }

    private static string Text(FleetItem item) => $"{item.Key} {item.Sequence} {Convert.ToHexString(item.Value)}";

    /// <summary>Gives a few bytes at each read, as a socket does.</summary>
    private sealed class Piecewise(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(most, buffer.Length)]);
    }

    /// <summary>Gives the same record again and again.</summary>
    private sealed class Repeated(byte[] one) : MemoryStream
    {
        private long _read;

        /// <summary>How many bytes beyond the end of a record were read.</summary>
        public long Ahead => _read % one.Length;

        public override int Read(Span<byte> buffer)
        {
            int from = (int)(_read % one.Length), count = Math.Min(buffer.Length, one.Length - from);
            one.AsSpan(from, count).CopyTo(buffer);
            _read += count;
            return count;
        }
    }
}
