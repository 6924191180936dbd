namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>
/// Converts scans of the field into signals. A card that stays in the field is one badge, and counts as gone after several empty
/// scans, since a scan may miss a moving card. Unreadable cards are reported once until the field is empty. Pure.
/// </summary>
internal sealed class CardPresence
{
    /// <summary>The number of consecutive empty scans after which the card is gone.</summary>
    public const int EmptyScansUntilGone = 3;

    /// <summary>The number of consecutive unreadable scans that are a fault; fewer may be a card that is entering the field.</summary>
    public const int UnreadableScansUntilFault = 3;

    private byte[]? _present;
    private int _empty, _unreadable;

    /// <summary>Returns the signal that results from a scan, or null.</summary>
    /// <param name="scan">The result of the scan.</param>
    /// <param name="at">Monotonic time of the scan.</param>
    public BadgeRead? Next(RfidScan scan, TimeSpan at)
    {
        _empty = scan.IsOccupied ? 0 : Math.Min(_empty + 1, EmptyScansUntilGone);
        if (_empty == EmptyScansUntilGone)
            (_present, _unreadable) = (null, 0);
        if (scan.Uid is { } uid)
        {
            bool isNew = _present is null || !_present.AsSpan().SequenceEqual(uid);
            (_present, _unreadable) = (uid, 0);
            return isNew ? new BadgeRead(Badge.OfUid(uid), ReadFault.None, at, uid.Length * 8) : null;
        }

        if (!scan.IsOccupied || _unreadable == UnreadableScansUntilFault)
            return null;
        return ++_unreadable == UnreadableScansUntilFault ? new BadgeRead(null, ReadFault.SeveralCards, at, Bits: 0) : null;
    }
}
