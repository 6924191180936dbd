namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>
/// Makes signals of looks: a card that stays in the field is one badge, not one for each scan. It counts as gone after a few
/// empty looks, since a card that moves is missed now and then. What cannot be read is said once until the field is empty. Pure.
/// </summary>
internal sealed class CardPresence
{
    /// <summary>So many empty looks in a row: the card is gone.</summary>
    public const int EmptyScansUntilGone = 3;

    /// <summary>So many unreadable looks in a row: not a card on its way into the field.</summary>
    public const int UnreadableScansUntilFault = 3;

    private byte[]? _present;
    private int _empty, _unreadable;

    /// <summary>The signal that this look makes; null when it makes none.</summary>
    /// <param name="look">What the chip found.</param>
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
