namespace DoorAgent.Fleet;

/// <summary>The form of everything that is signed in a fleet: a <see cref="RecordHead"/>, a body, and the signature over both as the last
/// <see cref="P256.SignatureBytes"/> bytes. A record names its kind, group and subject itself, and is accepted only as what it
/// names.</summary>
internal static class SignedRecord
{
    /// <summary>The longest record: the hub's limit of a value.</summary>
    public const int MostBytes = 64 << 10;

    /// <summary>Signs a record.</summary>
    /// <exception cref="FleetRecordException">The record would be too long.</exception>
    public static byte[] Close(RecordHead head, ReadOnlySpan<byte> body, Func<ReadOnlySpan<byte>, byte[]> sign)
    {
        byte[] made = [.. head.ToBytes(), .. body];
        return made.Length + P256.SignatureBytes <= MostBytes && RecordHead.Read(made) == head ? [.. made, .. sign(made)]
            : throw new FleetRecordException(FormattableString.Invariant(
                $"the record has {made.Length + P256.SignatureBytes} bytes, and may have {MostBytes}"));
    }

    /// <summary>Verifies a record and returns its body.</summary>
    /// <param name="record">The whole record.</param>
    /// <param name="head">The record's head, which the caller has compared with what is expected.</param>
    /// <param name="verify">Verifies a signature over data.</param>
    /// <param name="signer">Who has to have signed, for the message.</param>
    /// <exception cref="FleetRecordException">The record is too long, cut off, changed, or signed by somebody else.</exception>
    public static ReadOnlySpan<byte> Open(
        ReadOnlySpan<byte> record, RecordHead head, Func<ReadOnlySpan<byte>, ReadOnlySpan<byte>, bool> verify, string signer)
    {
        RequireLength(record);
        if (record.Length < head.Length + P256.SignatureBytes)
            throw new FleetRecordException("the record is cut off");
        ReadOnlySpan<byte> signed = record[..^P256.SignatureBytes];
        return verify(signed, record[signed.Length..]) ? signed[head.Length..]
            : throw new FleetRecordException($"the signature is not that of {signer}: the record was changed or signed by somebody else");
    }

    /// <summary>Reads the head of a record, and compares the head with what is expected.</summary>
    /// <exception cref="FleetRecordException">The record is another one; the message says which.</exception>
    public static RecordHead Expect(ReadOnlySpan<byte> record, string group, string subject, params ReadOnlySpan<RecordKind> kinds)
    {
        RequireLength(record);
        RecordHead head = RecordHead.Read(record);
        if (!kinds.Contains(head.Kind))
            throw new FleetRecordException($"the record is a {head.Kind}, and not what belongs here");
        if (head.Group != group)
            throw new FleetRecordException($"the record belongs to the group '{head.Group}', and not to '{group}'");
        return head.Subject == subject ? head
            : throw new FleetRecordException($"the record is about '{head.Subject}', and stands at the key of '{subject}'");
    }

    private static void RequireLength(ReadOnlySpan<byte> record)
    {
        if (record.Length > MostBytes)
            throw new FleetRecordException(FormattableString.Invariant($"the record has {record.Length} bytes, and may have {MostBytes}"));
    }
}
