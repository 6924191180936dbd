using DoorAgent.Matching;

namespace DoorAgent.Tests.Matching;

public sealed class NameSkeletonTests
{
    [Theory]
    [InlineData("BACK", "\u0412\u0410\u0421\u041a")]
    [InlineData("Eve", "\u0415v\u0435")]
    [InlineData("score", "\u0455\u0441\u043er\u0435")]
    [InlineData("\u00cb", "\u0401")]
    [InlineData("O'Brien", "O\u2019Brien")]
    [InlineData("O'Brien", "O\u02bcBrien")]
    [InlineData("Anna-Lena", "Anna\u2011Lena")]
    [InlineData("Anna Lena", "anna  LENA")]
    [InlineData("adam", "a\u034fd\u200bam")]
    [InlineData("adam", "\uff41dam")]
    [InlineData("fi", "\ufb01")]
    [InlineData("Gal\u00b7la", "Gal\u2027la")]
    [InlineData("علی", "علي")]
    [InlineData("علی\u200cرضا", "علیرضا")]
    [InlineData("a \u06f3", "a \u0663")]
    [InlineData("\U0001E900", "\U0001E922")]
    [InlineData("\u03a3\u03ac\u03c2", "\u03c3\u03ac\u03c3")]
    public void TheseNamesAreConfusable(string one, string other)
    {
        Assert.True(NameSkeleton.Of(one).IsConfusableWith(NameSkeleton.Of(other)));
        Assert.True(NameSkeleton.Of(other).IsConfusableWith(NameSkeleton.Of(one)));
    }

    [Theory]
    [InlineData("Rene", "Ren\u00e9")]
    [InlineData("Ian", "Lan")]
    [InlineData("user_1", "user_l")]
    [InlineData("Strauss", "Strau\u00df")]
    [InlineData("Anna", "Anna-")]
    [InlineData("AnnaLena", "Anna Lena")]
    [InlineData("Al\u0131", "Ali")]
    [InlineData("Иван", "Ivan")]
    [InlineData("\u0905", "\u0985")]
    public void TheseNamesAreNotConfusable(string one, string other) =>
        Assert.False(NameSkeleton.Of(one).IsConfusableWith(NameSkeleton.Of(other)));
}
