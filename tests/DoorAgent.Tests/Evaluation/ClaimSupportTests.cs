using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public class ClaimSupportTests
{
    [Fact]
    public void ThreeThousandComparisonsShowOneInAThousand()
    {
        ClaimSupport support = new(3870);

        Assert.Equal(1e-3, support.Smallest);
        Assert.True(support.Shows(1e-3));
        Assert.False(support.Shows(1e-5));
    }

    [Fact]
    public void FewComparisonsShowNothing()
    {
        Assert.Null(new ClaimSupport(0).Smallest);
        Assert.Null(new ClaimSupport(28).Smallest);
        Assert.Equal(0.1, new ClaimSupport(29).Smallest);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.01)]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    public void TheNumberNeededIsThatOfErrorRate(double rate) =>
        Assert.Equal(ErrorRate.TrialsToClaim(rate), ClaimSupport.Needed(rate));
}
