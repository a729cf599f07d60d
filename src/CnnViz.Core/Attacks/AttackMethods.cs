using CnnViz.Training;

namespace CnnViz.Attacks;

/// <summary>Makes the stepper of a method, with what each takes where nothing is said.</summary>
public static class AttackMethods
{
    private const int UsualSteps = 40;
    private const int MomentumSteps = 10;
    private const int DeepFoolSteps = 50;
    private const int CarliniWagnerSteps = 200;
    private const int AutomaticSteps = 100;
    private const int UsualQueries = 5000;
    private const double UsualPart = 0.1; // of ε, a step
    private const double UsualCarliniWagnerStep = 0.01;

    /// <summary>True for methods that look for the smallest change and do not read ε.</summary>
    public static bool IsMinimal(this AttackMethod method) => method is AttackMethod.CarliniWagner or AttackMethod.DeepFool;

    /// <summary>The stepper.</summary>
    /// <param name="options">The method and its settings.</param>
    /// <param name="problem">What is to be solved.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: settings that the method cannot take.</exception>
    public static AttackStepper Create(AttackOptions options, AttackProblem problem) => options.Method switch
    {
        AttackMethod.CarliniWagner => new CarliniWagnerAttack(problem, new CarliniWagnerPlan
        {
            Steps = options.Step ?? CarliniWagnerSteps,
            SearchSteps = options.SearchStep,
            InitialConstant = options.InitialConstant,
            StepSize = options.StepSize ?? UsualCarliniWagnerStep,
            Confidence = options.Confidence,
        }),
        AttackMethod.DeepFool => new DeepFoolAttack(problem, options.Step ?? DeepFoolSteps, overshoot: options.Overshoot),
        AttackMethod.Square => new SquareAttack(problem, options.Step ?? UsualQueries),
        AttackMethod.ApgdCe => new AutoPgdAttack(problem, usesRatio: false, options.Step ?? AutomaticSteps),
        AttackMethod.ApgdDlr => new AutoPgdAttack(problem, usesRatio: true, options.Step ?? AutomaticSteps),
        AttackMethod.Fab => new FabAttack(problem, options.Step ?? AutomaticSteps),
        AttackMethod.Ensemble => new EnsembleAttack(problem, [.. Parts(problem).Select(method =>
            (Func<AttackProblem, AttackStepper>)(part => Create(options with { Method = method, Step = method == AttackMethod.Square ? null : options.Step }, part)))]),
        _ => new GradientAttack(options.Method.ToString(), problem, Plan(options)),
    };

    private static IEnumerable<AttackMethod> Parts(AttackProblem problem)
    {
        yield return AttackMethod.ApgdCe;
        // The ratio needs four classes.
        if (problem.Models.All(model => model.ClassCount >= 4))
            yield return AttackMethod.ApgdDlr;
        yield return AttackMethod.Fab;
        yield return AttackMethod.Square;
    }

    private static GradientAttackPlan Plan(AttackOptions options)
    {
        var isSingle = options.Method == AttackMethod.Fgsm;
        var steps = isSingle ? 1 : options.Step ?? (options.Method == AttackMethod.MiFgsm ? MomentumSteps : UsualSteps);
        return new GradientAttackPlan
        {
            Steps = steps,
            // Steps have to reach ε: fewer than ten are longer.
            StepSize = options.StepSize ?? (isSingle ? options.Epsilon : options.Epsilon * Math.Max(UsualPart, 1.0 / steps)),
            Momentum = options.Method == AttackMethod.MiFgsm ? options.Momentum : null,
            RandomStart = options.RandomStart,
            Runs = options.Restart,
            Quantize = options.Quantize,
            Transformation = Augmentation.Parse(options.Transformation),
            Samples = options.Transformation.Count == 0 ? 1 : options.SampleCount,
        };
    }
}
