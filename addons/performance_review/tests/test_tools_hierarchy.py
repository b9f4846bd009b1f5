from unittest import TestCase

from ..tools.hierarchy import users_above


class TestUsersAbove(TestCase):
    def test_nearest_first(self):
        parent_of = {1: 2, 2: 3, 3: 4, 4: None}
        user_of = {1: 101, 2: 102, 3: 103, 4: 104}
        self.assertEqual(
            users_above([1, 3, 4], parent_of, user_of), {1: [102, 103, 104], 3: [104], 4: []}
        )

    def test_ids_may_come_from_any_iterable_and_twice(self):
        self.assertEqual(users_above(iter((1, 1)), {1: 2}, {2: 102}), {1: [102]})
        self.assertEqual(users_above((), {1: 2}, {2: 102}), {})

    def test_unknown_employees_have_nobody_above(self):
        self.assertEqual(users_above([9], {}, {}), {9: []})

    def test_managers_without_a_user_are_passed_over(self):
        parent_of = {1: 2, 2: 3, 3: 4, 4: False}
        self.assertEqual(
            users_above([1], parent_of, {1: 101, 2: None, 3: False, 4: 104}), {1: [104]}
        )
        self.assertEqual(users_above([1], parent_of, {4: 104}), {1: [104]})

    def test_reviewer_without_a_user(self):
        self.assertEqual(users_above([1], {1: 2, 2: 3}, {1: None, 2: None, 3: 103}), {1: [103]})

    def test_own_manager(self):
        self.assertEqual(users_above([1], {1: 1}, {1: 101}), {1: []})

    def test_circle_ends_the_walk(self):
        parent_of = {1: 2, 2: 3, 3: 1}
        user_of = {1: 101, 2: 102, 3: 103}
        self.assertEqual(
            users_above([1, 2, 3], parent_of, user_of),
            {1: [102, 103], 2: [103, 101], 3: [101, 102]},
        )

    def test_circle_above_the_reviewer(self):
        parent_of = {1: 2, 2: 3, 3: 4, 4: 2}
        user_of = {1: 101, 2: 102, 3: 103, 4: 104}
        self.assertEqual(users_above([1], parent_of, user_of), {1: [102, 103, 104]})

    def test_user_of_several_employees_appears_once_where_he_is_nearest(self):
        parent_of = {1: 2, 2: 3, 3: 4}
        self.assertEqual(
            users_above([1], parent_of, {1: 101, 2: 102, 3: 103, 4: 102}), {1: [102, 103]}
        )

    def test_reviewers_second_employee_record_is_not_above_him(self):
        parent_of = {1: 2, 2: 3, 3: 4}
        self.assertEqual(
            users_above([1], parent_of, {1: 101, 2: 102, 3: 101, 4: 104}), {1: [102, 104]}
        )

    def test_reviewers_do_not_influence_each_other(self):
        parent_of = {1: 3, 2: 3, 3: 4}
        user_of = {1: 101, 2: 102, 3: 103, 4: 101}
        self.assertEqual(users_above([1, 2], parent_of, user_of), {1: [103], 2: [103, 101]})

    def test_arguments_are_left_alone(self):
        parent_of, user_of = {1: 2}, {2: 102}
        users_above([1], parent_of, user_of)
        self.assertEqual((parent_of, user_of), ({1: 2}, {2: 102}))
