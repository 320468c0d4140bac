//===- ExchangeBack.cpp - Pointers that a loop exchanges ------------------===//
//
// Two buffers whose pointers are exchanged in every trip. The reversed loop exchanges
// them back, and needs no tape of where they pointed to:
//
//   for (…) {                             for (…) {
//     u_tape[t] = u, v_tape[t] = v;         …
//     …                                     std::swap(u, v);
//     std::swap(u, v);                    }
//   }                               →     std::swap(u, v);
//   for (… reversed) {                    for (… reversed) {
//     u = u_tape[t], v = v_tape[t];         …
//     …                                     std::swap(u, v);
//   }                                     }
//
// Any permutation that every trip makes of what the loop carries has an inverse one.
//
//===----------------------------------------------------------------------===//
#include "RegionResults.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_EXCHANGEBACK
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
/// A loop that exchanges pointers, and the loop that runs its trips in reverse.
class Exchange {
public:
  Exchange(ForOp forward, ForOp reverse) : forward(forward), reverse(reverse) {}
  void run();
  /// It is another operation if it carries more.
  ForOp reversed() const { return reverse; }

private:
  std::optional<unsigned> sourceOf(unsigned slot);
  std::optional<SmallVector<unsigned>> cycleOf(unsigned slot);
  PlaybackOp playbackOf(RecordOp record);
  void carry(ArrayRef<unsigned> cycle);

  ForOp forward, reverse;
  /// What the reversed loop plays back of each carried pointer of the other one.
  llvm::SmallDenseMap<unsigned, PlaybackOp> played;
};
} // namespace

static Value withoutLets(Value value) {
  while (auto let = value.getDefiningOp<LetOp>())
    value = let.getValue();
  return value;
}

/// Which carried value the trip hands on in this slot, if it is one.
std::optional<unsigned> Exchange::sourceOf(unsigned slot) {
  Block *body = forward.block();
  auto argument = dyn_cast<BlockArgument>(
      withoutLets(body->getTerminator()->getOperand(slot)));
  if (!argument || argument.getOwner() != body || argument.getArgNumber() == 0)
    return {};
  return argument.getArgNumber() - 1;
}

/// The slots that exchange their values with this one; nothing if others come in.
std::optional<SmallVector<unsigned>> Exchange::cycleOf(unsigned slot) {
  SmallVector<unsigned> cycle;
  for (unsigned i = slot;;) {
    cycle.push_back(i);
    auto source = sourceOf(i);
    if (!source || !isa<PlaceType>(forward.getResult(i).getType()))
      return {};
    if (*source == slot)
      return cycle;
    // Two slots may take one value.
    if (llvm::is_contained(cycle, *source))
      return {};
    i = *source;
  }
}

/// What the reversed loop reads of the tape that the record alone writes.
PlaybackOp Exchange::playbackOf(RecordOp record) {
  if (record->getBlock() != forward.block() || record.getIndex() != forward.induction())
    return {};
  PlaybackOp found;
  for (Operation *user : record.getTape().getUsers()) {
    if (user == record)
      continue;
    auto playback = dyn_cast<PlaybackOp>(user);
    if (found || !playback || playback->getBlock() != reverse.block() ||
        playback.getIndex() != reverse.induction())
      return {};
    found = playback;
  }
  return found;
}

/// Lets the reversed loop carry the pointers of the cycle as they were before the trip.
void Exchange::carry(ArrayRef<unsigned> cycle) {
  // A slot's value before the trip is after it in the slot that takes it.
  auto takerOf = [&](unsigned slot) {
    return *llvm::find_if(cycle, [&](unsigned other) { return *sourceOf(other) == slot; });
  };
  Block *body = reverse.block();
  ArrayAttr names = forward.getLocalsAttr();
  llvm::SmallDenseMap<unsigned, Value> before;
  SmallVector<Value> inits, next;
  SmallVector<Type> types;
  SmallVector<Attribute> locals;
  for (unsigned slot : cycle) {
    Value result = forward.getResult(slot);
    before[slot] = body->addArgument(result.getType(), result.getLoc());
    inits.push_back(forward.getResult(takerOf(slot)));
    types.push_back(result.getType());
    locals.push_back(names ? names[slot] : Attribute(UnitAttr::get(reverse.getContext())));
  }
  for (unsigned slot : cycle)
    next.push_back(before[takerOf(slot)]);
  Operation *end = body->getTerminator();
  end->insertOperands(end->getNumOperands(), next);
  for (unsigned slot : cycle)
    if (PlaybackOp playback = played.lookup(slot)) {
      playback.replaceAllUsesWith(before[slot]);
      played.erase(slot);
      Operation *tape = playback.getTape().getDefiningOp();
      playback.erase();
      for (Operation *user : llvm::make_early_inc_range(tape->getUsers()))
        user->erase();
      tape->erase();
    }
  reverse = cast<ForOp>(addResults(reverse, inits, types, locals));
}

void Exchange::run() {
  for (RecordOp record : forward.block()->getOps<RecordOp>()) {
    auto argument = dyn_cast<BlockArgument>(withoutLets(record.getValue()));
    if (!argument || argument.getOwner() != forward.block() ||
        !isa<PlaceType>(argument.getType()))
      continue;
    if (PlaybackOp playback = playbackOf(record))
      played.try_emplace(argument.getArgNumber() - 1, playback);
  }
  SmallVector<unsigned> slots(llvm::make_first_range(played));
  llvm::sort(slots);
  for (unsigned slot : slots)
    if (played.count(slot))
      if (auto cycle = cycleOf(slot))
        carry(*cycle);
}

/// Whether the loop runs the other one's trips in reverse, behind it.
static bool isReverseOf(ForOp reverse, ForOp forward) {
  return reverse.getReversed() != forward.getReversed() &&
         reverse.getLower() == forward.getLower() &&
         reverse.getUpper() == forward.getUpper() &&
         reverse.getStep() == forward.getStep() &&
         reverse.getPredicate() == forward.getPredicate() &&
         forward->isBeforeInBlock(reverse);
}

namespace {
struct ExchangeBack : adgen::impl::ExchangeBackBase<ExchangeBack> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr("ad.derivative") || function.isExternal())
      return;
    SmallVector<ForOp> loops;
    function.walk([&](ForOp loop) { loops.push_back(loop); });
    for (ForOp &forward : loops) {
      bool carriesPointers = llvm::any_of(forward.getResultTypes(), llvm::IsaPred<PlaceType>);
      for (ForOp &reverse : loops)
        if (carriesPointers && reverse->getBlock() == forward->getBlock() &&
            isReverseOf(reverse, forward)) {
          Exchange exchange(forward, reverse);
          exchange.run();
          reverse = exchange.reversed();
        }
    }
  }
};
} // namespace
